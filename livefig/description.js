// The description of a figure, as FORMAT.md tells it: which version is read here. description.py is the twin.

export const FIGURE_FORMAT = "livefig-figure";
export const FIGURE_VERSION = 1;

export function known({ format, version }) {
  return format === FIGURE_FORMAT && version === FIGURE_VERSION;
}
