// Shows the document of the API. Nothing else is on that page.
"use strict";

window.SwaggerUIBundle({
  url: document.getElementById("swagger-ui").dataset.schema,
  domNode: document.getElementById("swagger-ui"),
  deepLinking: true,
  tryItOutEnabled: true,
  // It would ask another host whether the document is right.
  validatorUrl: null,
});
