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
