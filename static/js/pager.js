// A page of a list that htmx brought begins where the list does: for the eyes, which
// htmx sees to itself, for the keyboard, and for who listens.
const spoken = document.createElement("p");
spoken.className = "visually-hidden";
spoken.setAttribute("role", "status");
document.body.append(spoken);

document.addEventListener("htmx:afterSettle", ({ detail }) => {
  if (!detail.requestConfig.elt.closest(".pager")) return;
  const list = document.getElementById(detail.target.id);
  if (!list) return;
  list.tabIndex = -1;
  list.focus({ preventScroll: true });
  spoken.textContent = list.querySelector(".pager")?.dataset.here ?? "";
});
