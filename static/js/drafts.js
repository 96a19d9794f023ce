// Text that is not sent yet stays in this browser, for the member who typed it alone,
// until the server says that it is published or its owner logs out or discards it.
// Every page of a member loads this: each may bring that news.

const DAY = 24 * 60 * 60 * 1000;
const KEPT = 30 * DAY;

const member = document.getElementById("account-menu")?.dataset.member;
const mine = `draft:${member}:`;
let isLeaving = false;

// Storage can be closed to us, or full.
const attempt = (act) => {
  try {
    return act();
  } catch {
    return undefined;
  }
};

const read = (key) => attempt(() => JSON.parse(localStorage.getItem(key))) ?? null;
const remove = (key) => attempt(() => localStorage.removeItem(key));
const write = (key, draft) =>
  attempt(() => {
    localStorage.setItem(key, JSON.stringify(draft));
    return true;
  }) ?? false;

const drafts = () =>
  (attempt(() => Object.keys(localStorage)) ?? [])
    .filter((key) => key.startsWith(mine))
    .map((key) => ({ key, ...read(key) }));

// The server names the form whose text it has stored: it was the last that was sent.
// News is told once, since it may stay on the page while the next text is written.
const forgetPublished = () => {
  for (const news of document.querySelectorAll("[data-published]")) {
    const form = `${mine}${news.dataset.published}:`;
    const [published] = drafts()
      .filter(({ key, sent }) => sent && key.startsWith(form))
      .sort((one, other) => other.sent - one.sent);
    if (published) remove(published.key);
    delete news.dataset.published;
  }
};

const forgetAll = () => drafts().forEach(({ key }) => remove(key));

class TextDraft extends HTMLElement {
  connectedCallback() {
    // What is published must not come back.
    forgetPublished();
    this.box = this.parentElement.querySelector("textarea");
    const { form } = this.box;
    const { pathname } = new URL(form.getAttribute("action") ?? "", location.href);
    this.key = `${mine}${form.id}:${pathname}`;
    this.aside = `${this.key}:aside`;
    this.base = this.box.defaultValue;
    this.sent = 0;
    this.stop = new AbortController();
    const { signal } = this.stop;
    this.box.addEventListener("input", () => this.note(), { signal });
    form.addEventListener("submit", () => this.send(), { signal });
    this.addEventListener("click", ({ target }) => this.act(target.dataset.do));
    addEventListener("pagehide", () => this.keep(), { signal });
    addEventListener("pageshow", (event) => this.comeBack(event), { signal });
    addEventListener("beforeunload", (event) => this.warn(event), { signal });
    this.find();
  }

  disconnectedCallback() {
    this.keep();
    this.stop.abort();
  }

  // A text from before goes into a box that is as it was when it was typed. A box that
  // holds something else keeps it, and the text is put aside and offered.
  find() {
    const shown = this.box.value;
    const draft = read(this.key);
    // Somebody may have typed before this ran.
    this.isPending = shown !== this.base;
    if (draft && draft.text !== shown && draft.base !== shown) {
      write(this.aside, draft);
      remove(this.key);
    } else if (draft) {
      this.base = draft.base;
      this.isPending = true;
      if (draft.text !== shown) this.restore(draft.text);
    }
    this.keep();
    if (this.hidden && read(this.aside)) this.say("offered");
  }

  restore(text) {
    this.box.value = text;
    this.box.dispatchEvent(new Event("input", { bubbles: true }));
    this.say("restored");
  }

  say(what) {
    this.state = what;
    for (const part of this.querySelectorAll("[data-when]")) {
      part.hidden = part.dataset.when !== what;
    }
    this.hidden = false;
  }

  note() {
    this.isPending = true;
    this.sent = 0;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.keep(), 300);
  }

  // Return false when the text would be lost with this page.
  keep() {
    clearTimeout(this.timer);
    const text = this.box.value;
    if (!this.isPending) return true;
    if (!text.trim() || (text === this.base && !this.sent)) {
      remove(this.key);
      this.isPending = false;
    } else if (member && !isLeaving) {
      const draft = { text, base: this.base, sent: this.sent, at: Date.now() };
      this.isPending = !write(this.key, draft);
    }
    return !this.isPending;
  }

  // Sent is not stored: the answer may be that it was too long, too often or too late.
  // A text that nobody changed is kept for as long, so that the answer is not taken for
  // one about another text that was sent before.
  send() {
    this.isPending = true;
    this.sent = Date.now();
    this.keep();
  }

  warn(event) {
    if (!this.sent && !isLeaving && !this.keep()) event.preventDefault();
  }

  // From the browser's own memory, after what is in it was published.
  comeBack({ persisted }) {
    if (persisted && this.sent && !read(this.key)) this.replace(this.base);
  }

  act(what) {
    if (!what) return;
    const older = read(this.aside);
    remove(this.aside);
    if (what === "restore") this.replace(older.text);
    else if (this.state === "restored") this.replace(this.base);
    this.hidden = true;
    this.box.focus();
  }

  // As if somebody had typed it, so that undo brings back what was there.
  replace(text) {
    this.box.focus();
    this.box.select();
    const [command, value] = text ? ["insertText", text] : ["delete"];
    if (this.box.value && document.execCommand(command, false, value)) return;
    this.box.value = text;
    this.box.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

document.addEventListener("submit", ({ target }) => {
  if (!target.matches("[data-forgets-drafts]")) return;
  isLeaving = true;
  forgetAll();
});

for (const { key, at } of drafts()) {
  if (!at || Date.now() - at > KEPT) remove(key);
}
forgetPublished();
document.addEventListener("htmx:load", forgetPublished);
customElements.define("text-draft", TextDraft);
