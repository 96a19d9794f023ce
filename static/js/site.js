// Small comforts. Every page works without this file.

// Messages can be put away.
const dismissable = (message) => {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "×";
  button.setAttribute("aria-label", message.parentElement.dataset.dismiss);
  button.addEventListener("click", () => message.remove());
  message.append(button);
};

// The menu closes on Escape and on a click elsewhere.
const closing = (menu) => {
  document.addEventListener("click", (event) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
  menu.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !menu.contains(event.relatedTarget)) menu.open = false;
  });
};

// Code and tables that are wider than their column can be scrolled by keyboard too.
const reachable = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    if (target.scrollWidth > target.clientWidth) target.tabIndex = 0;
    else target.removeAttribute("tabindex");
  }
});

// Text boxes grow with what is typed, and say how much room is left.
const grow = (box) => {
  box.style.height = "auto";
  box.style.height = `${box.scrollHeight + box.offsetHeight - box.clientHeight}px`;
};

const count = (box) => {
  const limit = Number(box.dataset.limit);
  const output = document.createElement("p");
  const spoken = document.createElement("p");
  output.className = "count";
  output.setAttribute("aria-hidden", "true");
  spoken.className = "visually-hidden";
  spoken.setAttribute("role", "status");
  box.after(output, spoken);
  const format = new Intl.NumberFormat(document.documentElement.lang);
  let speaking;
  const update = () => {
    // By code points, as the server counts: an emoji is one.
    const left = limit - [...box.value].length;
    const text = box.dataset.left.replace("{count}", format.format(left));
    output.textContent = box.value ? text : "";
    output.classList.toggle("is-short", left < limit / 20);
    clearTimeout(speaking);
    // Spoken in a pause and near the end only: a count at every key is noise.
    if (left < limit / 20) speaking = setTimeout(() => (spoken.textContent = text), 1000);
  };
  box.addEventListener("input", update);
  update();
};

const roomy = (box) => {
  if (!CSS.supports("field-sizing", "content")) {
    box.addEventListener("input", () => grow(box));
    grow(box);
  }
  if (box.dataset.left && box.dataset.limit) count(box);
};

// Printing is the browser's, with a button where it is worth one.
const printing = (button) => {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
};

// A second press on the same button is one too many. A page that comes back from the
// browser's own memory may send again.
const onceOnly = (form) => {
  form.addEventListener("submit", (event) => {
    if ("sent" in form.dataset) event.preventDefault();
    form.dataset.sent = "";
  });
  addEventListener("pageshow", () => delete form.dataset.sent);
};

const comforts = {
  "#messages .message": dismissable,
  "details.menu": closing,
  ".prose :is(pre, .scroller)": (wide) => reachable.observe(wide),
  "textarea:not([readonly])": roomy,
  "[data-print]": printing,
  // htmx sends a form once by itself.
  "form[method='post']:not([hx-post])": onceOnly,
};

const bring = (root) => {
  for (const [selector, comfort] of Object.entries(comforts)) {
    if (root.matches?.(selector)) comfort(root);
    root.querySelectorAll(selector).forEach(comfort);
  }
  // A form that came back starts at its first mistake.
  root.querySelector("[aria-invalid='true']")?.focus();
};

bring(document);

// What htmx puts into the page gets the same; it announces the page itself as well.
document.addEventListener("htmx:load", ({ target }) => {
  if (target !== document.body) bring(target);
});

const say = (text) => {
  const message = document.createElement("div");
  const sentence = document.createElement("p");
  message.className = "message is-error";
  message.setAttribute("role", "alert");
  sentence.textContent = text;
  message.append(sentence);
  const messages = document.getElementById("messages");
  messages.append(message);
  dismissable(message);
  messages.scrollIntoView({ block: "nearest" });
};

// Whatever was refused, the whole page says it better: it is asked for in the ordinary
// way, and gives back what was typed. Not when the server broke, since it may have done
// what was asked.
document.addEventListener("htmx:responseError", ({ detail }) => {
  const { elt, xhr } = detail;
  if (xhr.status >= 500) say(document.getElementById("messages").dataset.broke);
  else if (elt instanceof HTMLFormElement) elt.submit();
  else if (elt.href) location.assign(elt.href);
});

document.addEventListener("htmx:sendError", () => {
  say(document.getElementById("messages").dataset.offline);
});
