// The theme's scripts come when the page is there and its figures live: until then the line is theirs.
// What was out of sight is laid out then, too, and pictures are fetched.
addEventListener("load", async () => {
  const arrivals = [...document.querySelectorAll("script[data-src]")].map(
    (waiting) =>
      new Promise((arrived) => {
        const script = document.createElement("script");
        script.async = false; // in their order
        script.src = waiting.dataset.src;
        script.onload = script.onerror = arrived;
        waiting.replaceWith(script);
      }),
  );
  await Promise.all(arrivals);
  const soon = window.requestIdleCallback || setTimeout;
  soon(() => {
    document.documentElement.classList.add("whole");
    for (const picture of document.images) picture.loading = "eager";
  });
});

// What the theme's script takes from Bootstrap: a tooltip. The browser's own does.
window.bootstrap = {
  Tooltip: class {
    constructor(element, { title } = {}) {
      element.title = element.title || title || "";
    }
    show() {}
    hide() {}
  },
};
for (const element of document.querySelectorAll("[data-bs-title]")) element.title = element.dataset.bsTitle;

// What the buttons beside code take from clipboard.js: a click copies the text that belongs to them.
window.ClipboardJS = class {
  constructor(selector, { text }) {
    addEventListener("click", ({ target }) => {
      const trigger = target.closest(selector);
      if (trigger) this[copied(text(trigger)) ? "success" : "error"]({ trigger });
    });
  }
  on(outcome, tell) {
    this[outcome] = tell;
  }
};

/** Whether a text could be copied: in this way from a disk, too, where navigator.clipboard may be closed. */
function copied(text) {
  const { activeElement: focused } = document;
  const area = Object.assign(document.createElement("textarea"), { value: text, readOnly: true });
  area.style = "position: fixed; opacity: 0";
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  focused.focus({ preventScroll: true });
  return done;
}

// Every object of JavaScript has a "constructor": it is no word of the search's index. What is sought is in small letters.
if (typeof Search !== "undefined") {
  const { terms, titleterms } = Search["_index"];
  const { hasOwnProperty } = Object.prototype;
  for (const words of [terms, titleterms]) Object.setPrototypeOf(words, { __proto__: null, hasOwnProperty });
}

// Paper is white.
const theme = () => document.documentElement.dataset;
let chosen;
window.addEventListener("beforeprint", () => {
  chosen = theme().theme;
  theme().theme = "light";
});
window.addEventListener("afterprint", () => {
  theme().theme = chosen;
});
