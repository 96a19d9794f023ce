// Small comforts. Every page works without this file.

// Messages can be put away.
for (const message of document.querySelectorAll("#messages .message")) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "×";
  button.setAttribute("aria-label", message.parentElement.dataset.dismiss);
  button.addEventListener("click", () => message.remove());
  message.append(button);
}

// The menu closes on Escape and on a click elsewhere.
for (const menu of document.querySelectorAll("details.menu")) {
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
}

// A form that came back starts at its first mistake.
document.querySelector("[aria-invalid='true']")?.focus();

// Code that is wider than its column can be scrolled by keyboard too.
const reachable = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    if (target.scrollWidth > target.clientWidth) target.tabIndex = 0;
    else target.removeAttribute("tabindex");
  }
});
for (const code of document.querySelectorAll(".prose pre")) reachable.observe(code);

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

for (const box of document.querySelectorAll("textarea:not([readonly])")) {
  if (!CSS.supports("field-sizing", "content")) {
    box.addEventListener("input", () => grow(box));
    grow(box);
  }
  if (box.dataset.left && box.dataset.limit) count(box);
}

// A second press on the same button is one too many. A page that comes back from the
// browser's own memory may send again.
for (const form of document.querySelectorAll("form[method='post']")) {
  form.addEventListener("submit", (event) => {
    if ("sent" in form.dataset) event.preventDefault();
    form.dataset.sent = "";
  });
  addEventListener("pageshow", () => delete form.dataset.sent);
}
