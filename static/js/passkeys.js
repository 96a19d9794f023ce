// Joins our forms with allauth's scripts, which ask the browser for a passkey. Until this
// file has run, each form says what is missing.
const form = document.querySelector("form[data-passkey]");

if (form && window.PublicKeyCredential) {
  const button = document.getElementById("passkey-button");
  const trouble = document.getElementById("passkey-trouble");
  const kind = form.dataset.passkey;

  document.getElementById("passkey-missing").hidden = true;
  button.hidden = false;
  // Enter in a field presses the button too; allauth's script sends the form.
  button.addEventListener("click", (event) => {
    event.preventDefault();
    trouble.hidden = true;
  });
  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    trouble.hidden = false;
  });
  window.allauth.webauthn.forms[`${kind}Form`]({
    ids: {
      [kind]: button.id,
      credential: "passkey-credential",
      data: kind === "login" ? undefined : "passkey-options",
      passwordless: form.elements.passwordless?.id,
    },
  });
}
