// Calls of formulas in a program: machine.js has the other operations.

import { product, together } from "./shapes.js";

/** The operation, for what writes it. */
export function callOperation({ block, constant, formulas, perform, stepsOf }) {
  const called = []; // those that are written out
  return {
    /** A formula is written out, but for what another call with the same arguments has written already. */
    call(...given) {
      const [name, ...orders] = given.pop();
      const same = (one) => one.block === block() && one.name === name && given.every((x, i) => x === one.given[i]);
      if (!called.some(same)) called.push({ block: block(), name, given, known: [] });
      const { known } = called.find(same); // values by the nodes of the formula
      let found;
      for (const [at, op, ...args] of formulas[name](orders)) {
        if (op === "number") known[at] ??= constant([], args);
        else if (op === "variable") known[at] = given[args[0]];
        else
          known[at] ??= perform(
            op,
            Array.from(args, (a) => known[a]),
          );
        found = known[at];
      }
      const [shape, steps] = [together(given.map((x) => x.shape)), stepsOf(...given) ?? null];
      if (found.steps === steps && found.shape.length === shape.length && found.size === product(shape)) return found;
      return perform("broadcast", [found, { shape, steps, fixed: steps === null }]);
    },
  };
}
