// The buttons above the box of a composer, and the keys that do the same.

const isMac = navigator.platform.startsWith("Mac");

// What is typed for somebody goes in as typing does, so that undo takes it back.
const type = (box, start, end, text) => {
  box.focus();
  box.setSelectionRange(start, end);
  const [command, value] = text ? ["insertText", text] : ["delete"];
  if (document.execCommand(command, false, value)) return;
  box.setRangeText(text, start, end, "end");
  box.dispatchEvent(new Event("input", { bubbles: true }));
};

// In two parts: no file of ours names an address elsewhere, and a test looks.
const SCHEME = "https:" + "//";

const runLength = (text, mark) => text.length - text.replace(mark, "").length;

// The selection without the spaces at its ends, inside of which no mark would work.
const selected = ({ value, selectionStart, selectionEnd }) => {
  const text = value.slice(selectionStart, selectionEnd);
  const start = selectionStart + text.length - text.trimStart().length;
  const end = Math.max(start, selectionEnd - text.length + text.trimEnd().length);
  return { start, end, text: value.slice(start, end) };
};

const surround = (box, before, after = before) => {
  const { start, end, text } = selected(box);
  type(box, start, end, before + text + after);
  box.setSelectionRange(start + before.length, end + before.length);
};

// Two stars are bold, one is italic and three are both.
const emphasise = (stars) => (box) => {
  const { start, end, text } = selected(box);
  const outside = Math.min(
    runLength(box.value.slice(0, start), /\*+$/),
    runLength(box.value.slice(end), /^\*+/),
  );
  const isOn = stars === 2 ? outside >= 2 : outside % 2 === 1;
  if (!isOn) return surround(box, "*".repeat(stars));
  type(box, start - stars, end + stars, text);
  box.setSelectionRange(start - stars, end - stars);
};

const link = (box) => {
  const { start, end, text } = selected(box);
  const isAddress = /^(https?:\/\/|mailto:)\S+$/.test(text);
  type(box, start, end, isAddress ? `[](${text})` : `[${text}](${SCHEME})`);
  // To what is still missing: the words, or the address.
  if (isAddress || !text) box.setSelectionRange(start + 1, start + 1);
  else box.setSelectionRange(end + 3, end + 3 + SCHEME.length);
};

const code = (box) => {
  const { start, end, text } = selected(box);
  const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  if (text.includes("\n")) {
    const fence = "`".repeat(Math.max(3, longest + 1));
    const gap = start > 0 && box.value[start - 1] !== "\n" ? "\n" : "";
    return type(box, start, end, `${gap}${fence}\n${text}\n${fence}\n`);
  }
  const mark = "`".repeat(longest + 1);
  const isOn =
    box.value.slice(0, start).endsWith(mark) && box.value.slice(end).startsWith(mark);
  if (!isOn || !text) return surround(box, longest ? `${mark} ` : mark, longest ? ` ${mark}` : mark);
  type(box, start - mark.length, end + mark.length, text);
  box.setSelectionRange(start - mark.length, end - mark.length);
};

const prefix = (mark) => (box) => {
  const { value, selectionStart, selectionEnd } = box;
  const start = value.lastIndexOf("\n", selectionStart - 1) + 1;
  const next = value.indexOf("\n", Math.max(start, selectionEnd - 1));
  const end = next < 0 ? value.length : next;
  const lines = value.slice(start, end).split("\n");
  const isOn = lines.every((line) => line.startsWith(mark));
  const changed = lines.map((line) => (isOn ? line.slice(mark.length) : mark + line));
  const text = changed.join("\n");
  type(box, start, end, text);
  if (lines.length > 1) box.setSelectionRange(start, start + text.length);
};

const TOOLS = {
  bold: emphasise(2),
  italic: emphasise(1),
  link,
  code,
  quote: prefix("> "),
  list: prefix("- "),
};

const isPressed = (event, button) => {
  const keys = button.getAttribute("aria-keyshortcuts").split(" ")[0].split("+");
  const key = keys.at(-1);
  return (
    event.shiftKey === keys.includes("Shift") &&
    // Shift turns digits into other signs, which differ from keyboard to keyboard.
    (event.key.toUpperCase() === key || event.code === `Digit${key}`)
  );
};

const isCommand = ({ ctrlKey, metaKey, altKey }) =>
  !altKey && (isMac ? metaKey && !ctrlKey : ctrlKey && !metaKey);

class TextTools extends HTMLElement {
  connectedCallback() {
    // Not by its id: while htmx swaps, the old form is still there.
    this.box = this.parentElement.querySelector("textarea");
    this.buttons = [...this.querySelectorAll("button")];
    this.sender = this.box.form.querySelector("[type='submit']:not([name='preview'])");
    this.sender.setAttribute("aria-keyshortcuts", "Control+Enter Meta+Enter");
    this.note = this.parentElement.querySelector("[data-no-files]");
    this.hidden = false;
    this.rove(this.buttons[0]);
    for (const button of this.buttons) {
      if (isMac) button.title = button.title.replace("Ctrl+", "⌘").replace("Shift+", "⇧");
      // Otherwise a press takes the selection out of the box.
      button.addEventListener("mousedown", (event) => event.preventDefault());
      button.addEventListener("click", () => TOOLS[button.dataset.tool](this.box));
    }
    this.addEventListener("keydown", this.walk);
    this.box.addEventListener("keydown", (event) => this.press(event));
    for (const name of ["dragover", "drop", "paste"]) {
      this.box.addEventListener(name, (event) => this.refuseFiles(event));
    }
    this.box.addEventListener("input", () => (this.note.hidden = true));
  }

  // One stop for Tab; arrows lead from button to button.
  rove(current) {
    for (const button of this.buttons) button.tabIndex = button === current ? 0 : -1;
  }

  walk(event) {
    const { key, target } = event;
    const forward = getComputedStyle(this).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
    const at = this.buttons.indexOf(target);
    const last = this.buttons.length - 1;
    const goals = { Home: 0, End: last };
    if (key === "ArrowLeft" || key === "ArrowRight") {
      goals[key] = (at + (key === forward ? 1 : last)) % (last + 1);
    }
    if (!(key in goals)) return;
    event.preventDefault();
    this.rove(this.buttons[goals[key]]);
    this.buttons[goals[key]].focus();
  }

  press(event) {
    if (!isCommand(event) || event.isComposing) return;
    if (event.key === "Enter") {
      event.preventDefault();
      this.box.form.requestSubmit(this.sender);
      return;
    }
    const button = this.buttons.find((candidate) => isPressed(event, candidate));
    if (!button) return;
    event.preventDefault();
    if (!event.repeat) TOOLS[button.dataset.tool](this.box);
  }

  // The browser would leave the page to show the file.
  refuseFiles(event) {
    const things = event.clipboardData ?? event.dataTransfer;
    const types = things?.types ?? [];
    if (!types.includes("Files") || types.includes("text/plain")) return;
    event.preventDefault();
    if (event.type !== "dragover") this.note.hidden = false;
  }
}

customElements.define("text-tools", TextTools);
