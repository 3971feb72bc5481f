// Three-dimensional axes turn under a finger, a mouse or the arrow keys. What controls do not move turns with them.

import { place } from "../artists/kinds.js";
import { fill, formatNumber } from "../controls/numbers.js";
import { onGrid } from "../controls/sliders.js";
import { box, seenFrom } from "../drawing/space.js";

const STEP = 5; // degrees of a key; three times as many with Shift

/** onDrag(values): the reader turned a figure whose view is that of two sliders. */
export function turning(figure, onDrag) {
  const { spec } = figure;
  const { spaces, view } = spec;
  const still = spec.still.map(({ data }) => Float64Array.from([data].flat(Infinity), (value) => value ?? NaN));
  let own = spaces.map((space) => space.view);
  const now = () => (view ? spaces.map(() => view.map((name) => figure.state[name])) : own);
  let shown = now();
  const found = { axes: seenFrom(spec.axes, spaces, shown), follow, back };

  const turn = (number, azim, elev) => {
    const [low, ...controls] = view ? [figure.controls.get(view[0]).low, ...view] : [-180];
    const to = [low + ((((azim - low) % 360) + 360) % 360), Math.min(Math.max(elev, -90), 90)];
    if (view) {
      const settings = controls.map((name, i) => [name, onGrid(figure.controls.get(name), to[i])]);
      onDrag(Object.fromEntries(settings));
    } else {
      own = own.map((old, i) => (i === number ? to : old));
      figure.draw();
    }
  };
  const handles = spaces.map((space, number) => handle(figure, space, () => now()[number], turn.bind(null, number)));

  /** Paint what turns, where the view is another one than the one that is shown. */
  function follow() {
    if (String(now()) === String(shown)) return;
    shown = now();
    found.axes = seenFrom(spec.axes, spaces, shown);
    const parts = spaces.map((space, number) => box(space, shown[number], number));
    spec.still.forEach((artist, number) => {
      const painted = Object.entries(place(artist, found.axes[artist.axes], still[number]));
      parts.push(Object.fromEntries(painted.map(([part, attributes]) => [`still${number}.${part}`, attributes])));
    });
    for (const [part, attributes] of parts.flatMap(Object.entries))
      if (figure.parts.has(part)) figure.write(part, attributes);
    for (const say of handles) say();
  }

  /** The view in which the figure was made. */
  function back() {
    own = spaces.map((space) => space.view);
    figure.draw();
  }
  return found;
}

/** What lies over the axes and is turned. Returns a function that says their view. */
function handle({ svg, spec }, { frame }, now, turn) {
  const { words } = spec;
  const [left, top, right, bottom] = frame;
  const whole = svg.viewBox.baseVal;
  const element = document.createElement("div");
  element.className = "live-turn";
  element.tabIndex = 0;
  element.setAttribute("role", "slider");
  element.setAttribute("aria-label", words.view);
  element.setAttribute("aria-valuemin", -180);
  element.setAttribute("aria-valuemax", 180);
  const share = (length, all) => `${(length / all) * 100}%`;
  element.style.left = share(left - whole.x, whole.width);
  element.style.top = share(top - whole.y, whole.height);
  element.style.width = share(right - left, whole.width);
  element.style.height = share(bottom - top, whole.height);
  svg.parentElement.append(element);
  say();

  let held = null; // where a drag began, and the view then
  element.addEventListener("pointerdown", ({ pointerId, pointerType, clientX, clientY }) => {
    held = { x: clientX, y: clientY, view: now(), turns: pointerType === "mouse" };
    element.setPointerCapture(pointerId);
  });
  element.addEventListener("pointermove", ({ clientX, clientY }) => {
    if (!held) return;
    const [right, down] = [clientX - held.x, clientY - held.y];
    held.turns ||= Math.abs(right) > Math.abs(down); // else a finger scrolls the page
    const { width, height } = element.getBoundingClientRect();
    if (held.turns) turn(held.view[0] - (180 * right) / width, held.view[1] + (180 * down) / height);
  });
  for (const end of ["pointerup", "pointercancel"])
    element.addEventListener(end, () => {
      held = null;
    });
  element.addEventListener("keydown", (event) => {
    const far = event.shiftKey ? 3 * STEP : STEP;
    // biome-ignore format: a table
    const by = { ArrowLeft: [far, 0], ArrowRight: [-far, 0], ArrowDown: [0, far], ArrowUp: [0, -far] }[event.key];
    if (!by) return;
    event.preventDefault();
    const [azim, elev] = now();
    turn(azim + by[0], elev + by[1]);
  });

  function say() {
    const [azim, elev] = now();
    const said = { azim: formatNumber(azim, ".0f", words), elev: formatNumber(elev, ".0f", words) };
    element.setAttribute("aria-valuenow", Math.round(azim));
    element.setAttribute("aria-valuetext", fill(words.view_at, said, words));
  }
  return say;
}

/** The faces of a surface in a group. The paths stay: to make new ones takes five times as long. */
export function paintFaces(group, faces) {
  while (group.childElementCount > faces.length) group.lastElementChild.remove();
  while (group.childElementCount < faces.length) group.append(document.createElementNS(group.namespaceURI, "path"));
  let path = group.firstElementChild;
  for (const [colour, outline] of faces) {
    path.setAttribute("color", colour);
    path.setAttribute("d", outline);
    path = path.nextElementSibling;
  }
}
