// Runs before the first paint, so that a kept choice never flashes. The switch itself
// works without this file, for one page.
(() => {
  const root = document.documentElement;
  const key = "theme";
  root.classList.add("js");

  const read = () => {
    try {
      return localStorage.getItem(key);
    } catch {
      return null; // Storage is closed to us: the page alone remembers.
    }
  };

  const keep = (theme) => {
    try {
      if (theme === "system") localStorage.removeItem(key);
      else localStorage.setItem(key, theme);
    } catch {
      // The same.
    }
  };

  const show = (theme) => {
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
    else delete root.dataset.theme;
    const radio = document.getElementById(`theme-${root.dataset.theme ?? "system"}`);
    if (radio) radio.checked = true;
  };

  show(read());
  document.addEventListener("DOMContentLoaded", () => show(read()));
  // A page that comes back from the browser's own memory may be out of date.
  addEventListener("pageshow", () => show(read()));
  addEventListener("storage", (event) => {
    if (event.key === key) show(event.newValue);
  });
  document.addEventListener("change", (event) => {
    if (event.target.name !== "theme") return;
    keep(event.target.value);
    show(event.target.value);
  });
})();
