// The live preview. markdownx's script asks the server, and this file stands between it
// and whoever writes: bound to the box itself, that script keeps Tab, Ctrl+D and Ctrl+[
// for itself, sends off every file that is dropped, forgets what undo needs, asks about
// empty texts, and shows the log-in page as a preview when the session has ended. So it
// gets a box of its own that nobody sees, and puts its answers where nothing runs.

// Rendered Markdown is empty or begins with an element of a text. All else is a page of
// ours or of a proxy, or a sentence in JSON.
const isTrouble = (answer) => !/^(<(?!!doctype|html|\?)|$)/i.test(answer.trimStart());

const sentenceIn = (answer) => {
  try {
    return JSON.parse(answer).detail;
  } catch {
    return undefined; // A page.
  }
};

class TextPreview extends HTMLElement {
  connectedCallback() {
    this.box = this.closest("form").querySelector(".composer textarea");
    this.prose = this.querySelector(".prose");
    this.trouble = this.querySelector("[data-trouble]");
    this.usual = this.trouble.textContent;
    this.box.addEventListener("input", () => this.follow());
    // That script lets nothing be dropped on the page, not even words on the box.
    for (const name of ["dragenter", "dragover", "dragleave", "drop"]) {
      this.box.addEventListener(name, (event) => event.stopPropagation());
    }
    this.follow();
  }

  // Bring the preview up to the text: one question at a time, none for what is known.
  follow() {
    const text = this.box.value;
    if (!text.trim()) this.hidden = true;
    else if (text === this.shown) this.show();
    else if (this.isBusy) return;
    else if ([...text.trimEnd()].length > this.box.dataset.limit) this.fail("");
    else this.ask();
  }

  // It asks half a second later, or as soon as it is there.
  ask() {
    this.isBusy = true;
    if (this.pair) this.pair.firstChild.dispatchEvent(new Event("input"));
    else this.begin();
  }

  begin() {
    const mirror = document.createElement("textarea");
    mirror.className = "markdownx-editor";
    for (const { name, value } of this.box.attributes) {
      if (name.startsWith("data-markdownx")) mirror.setAttribute(name, value);
    }
    // It reads the text in the moment in which it asks.
    const get = () => (this.asked = this.box.value);
    Object.defineProperty(mirror, "value", { get });

    // Inert: nothing in it is loaded, and its ids are not the page's.
    const answers = document.createElement("template");
    answers.className = "markdownx-preview";

    this.pair = document.createElement("div");
    this.pair.className = "markdownx";
    this.pair.hidden = true;
    this.pair.append(mirror, answers);
    this.pair.addEventListener("markdownx.update", ({ detail }) => this.take(detail[0]));
    this.pair.addEventListener("markdownx.updateError", () => this.fail());
    this.append(this.pair);
    this.load();
  }

  // It looks for boxes when it is loaded and passes over those it has, so that a second
  // composer loads it again.
  load() {
    const script = document.createElement("script");
    script.src = this.dataset.script;
    script.addEventListener("error", () => {
      script.remove();
      this.pair.remove();
      this.pair = null;
      this.fail();
    });
    this.append(script);
  }

  take(answer) {
    if (isTrouble(answer)) {
      this.fail(sentenceIn(answer));
      return;
    }
    this.isBusy = false;
    this.shown = this.asked;
    this.prose.innerHTML = answer;
    // Code in it can be scrolled like all other; see site.js.
    this.prose.dispatchEvent(new CustomEvent("htmx:load", { bubbles: true }));
    this.show();
    this.follow();
  }

  show() {
    this.hidden = false;
    this.trouble.hidden = true;
    this.classList.remove("is-stale");
  }

  // What was there stays, marked as old. The next key tries again. That a text is too
  // long is said elsewhere.
  fail(sentence = this.usual) {
    this.isBusy = false;
    this.trouble.textContent = sentence;
    this.trouble.hidden = !sentence;
    this.hidden = !this.box.value.trim() || !(sentence || this.shown);
    this.classList.add("is-stale");
  }
}

customElements.define("text-preview", TextPreview);
