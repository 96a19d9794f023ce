// Offers what was published since the page was made, and leaves the page as it is.

const EVERY = 60_000;
const place = document.getElementById("news");
let asked = Date.now();
let clock;
let isOver = false;

const offer = (html) => {
  const page = new DOMParser().parseFromString(html, "text/html");
  const link = page.getElementById("news-link");
  const shown = document.getElementById("news-link");
  const spoken = place.querySelector("[role=status]");
  const text = link.textContent.trim();
  // Said once: a count that is read out every minute is noise. The link stays the same
  // one, in case it has the focus.
  if (!spoken.textContent) spoken.textContent = text;
  if (shown) shown.textContent = text;
  else place.append(link);
};

const ask = async () => {
  asked = Date.now();
  try {
    const answer = await fetch(place.dataset.href, { redirect: "manual" });
    if (answer.status === 200) offer(await answer.text());
    // Whoever is logged out, or sent elsewhere, has nothing to ask any more. A server
    // that starts again, or sees too many, will answer later.
    else isOver = answer.type === "opaqueredirect" || answer.status === 403;
  } catch {
    // No network for now.
  }
};

// Nobody reads a hidden tab.
const go = async () => {
  if (!document.hidden && Date.now() - asked >= EVERY) await ask();
  clearTimeout(clock);
  if (isOver) document.removeEventListener("visibilitychange", go);
  else if (!document.hidden) clock = setTimeout(go, asked + EVERY - Date.now());
};

document.addEventListener("visibilitychange", go);
go();
