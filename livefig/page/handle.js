// The point to drag: a handle over the picture that stands for two controls.

import { fill, formatNumber } from "../controls/numbers.js";
import { onGrid } from "../controls/sliders.js";
import { toPoints } from "../drawing/paint.js";

/** For pointer and keyboard.  onDrag(values): the reader moved it. */
export function dragHandle(figure, onDrag) {
  const { spec, svg } = figure;
  const { words } = spec;
  const [xName, yName] = spec.drag;
  const x = figure.controls.get(xName);
  const y = figure.controls.get(yName);
  const { x: left, y: top, width, height } = svg.viewBox.baseVal;
  const element = document.createElement("div");
  element.className = "live-handle";
  element.tabIndex = 0;
  element.setAttribute("role", "slider");
  element.setAttribute("aria-label", fill(words.handle, { x: x.label, y: y.label }, words));
  element.setAttribute("aria-valuemin", x.low);
  element.setAttribute("aria-valuemax", x.high);
  svg.parentElement.append(element);
  follow();

  const move = (px, py) => onDrag({ [xName]: onGrid(x, px), [yName]: onGrid(y, py) });
  const fromPoints = ({ scale, a, b }, at) => (scale === "log" ? 10 ** ((at - b) / a) : (at - b) / a);
  let held = null;
  element.addEventListener("pointerdown", (event) => {
    const box = element.getBoundingClientRect();
    held = [event.clientX - box.left - box.width / 2, event.clientY - box.top - box.height / 2];
    element.setPointerCapture(event.pointerId);
    element.focus({ preventScroll: true });
    event.preventDefault();
  });
  element.addEventListener("pointermove", (event) => {
    if (!held) return;
    const box = svg.getBoundingClientRect();
    const atX = left + ((event.clientX - held[0] - box.left) / box.width) * width;
    const atY = top + ((event.clientY - held[1] - box.top) / box.height) * height;
    const [axes] = figure.axes; // those of the first artist that has any
    move(fromPoints(axes.x, atX), fromPoints(axes.y, atY));
  });
  for (const end of ["pointerup", "pointercancel"])
    element.addEventListener(end, () => {
      held = null;
    });
  element.addEventListener("keydown", (event) => {
    const far = event.shiftKey ? 10 : 1;
    const { state } = figure;
    // biome-ignore format: a table
    const [right, up] = {
      ArrowLeft: [-far, 0], ArrowRight: [far, 0], ArrowDown: [0, -far], ArrowUp: [0, far],
      PageDown: [0, -10], PageUp: [0, 10], Home: [-Infinity, 0], End: [Infinity, 0],
    }[event.key] || [0, 0];
    if (!right && !up) return;
    event.preventDefault();
    move(farther(x, state[xName], right), farther(y, state[yName], up));
  });

  function follow() {
    const { state } = figure;
    const [axes] = figure.axes;
    element.style.left = `${((toPoints(axes.x, state[xName]) - left) / width) * 100}%`;
    element.style.top = `${((toPoints(axes.y, state[yName]) - top) / height) * 100}%`;
    element.setAttribute("aria-valuenow", state[xName]);
    const said = {
      x: x.label,
      y: y.label,
      vx: formatNumber(state[xName], x.format, words),
      vy: formatNumber(state[yName], y.format, words),
    };
    element.setAttribute("aria-valuetext", fill(words.handle_at, said, words));
  }
  return { follow };
}

/** A value some steps of its control farther: on a logarithmic one steps are of the exponent. */
export function farther(control, value, steps) {
  if (Math.abs(steps) === Infinity) return steps < 0 ? control.low : control.high;
  return control.base === null ? value + steps * control.step : value * control.base ** (steps * control.step);
}
