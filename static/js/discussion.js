// Questions are asked where they arise, in a dialog. Without this file, or when anything
// is not as it should be, the link leads to the page that asks.
const ask = async (link) => {
  const answer = await fetch(link.href);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const question = page.getElementById("delete");
  if (!answer.ok || answer.redirected || !question) return location.assign(link.href);

  const dialog = document.createElement("dialog");
  dialog.className = "question";
  dialog.setAttribute("aria-labelledby", question.querySelector("h1").id);
  dialog.append(question);
  document.body.append(dialog);
  const keep = question.querySelector("[data-keep]");
  keep.addEventListener("click", (event) => {
    event.preventDefault();
    dialog.close();
  });
  dialog.addEventListener("close", () => dialog.remove());
  dialog.showModal();
  // Not on the answer that cannot be taken back.
  keep.focus();
};

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-asks]");
  const isPlain = !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
  if (!link || !isPlain) return;
  event.preventDefault();
  ask(link).catch(() => location.assign(link.href));
});
