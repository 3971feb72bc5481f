// Runs in a measured page before anything else does, and watches one figure. Times are milliseconds.

window.probe = (() => {
  const now = () => performance.now();

  // A message sent from an animation callback arrives when that frame has been laid out and painted.
  const channel = new MessageChannel();
  const waiting = [];
  channel.port1.onmessage = () => waiting.splice(0).forEach((callback) => callback(now()));
  const atThisFramesEnd = (callback) => {
    waiting.push(callback);
    channel.port2.postMessage(0);
  };
  const atFrameEnd = (callback) => requestAnimationFrame(() => atThisFramesEnd(callback));

  let changed = false;
  const observer = new MutationObserver(() => {
    changed = true;
  });
  function watch(figure) {
    observer.disconnect();
    observer.observe(figure.querySelector("svg"), {
      attributes: true,
      characterData: true,
      childList: true,
      subtree: true,
    });
  }

  // Loading: from the first frame on, move the first slider that is awake, until its picture has changed.
  let answered = null;
  let told = () => {};
  const FIRST = "figure.live-figure input[type=range]:enabled";
  function poke(times) {
    const slider = document.querySelector(FIRST);
    if (slider) {
      if (!times) watch(slider.closest("figure"));
      slider.value = Number(slider.min) + (slider.max - slider.min) * (times % 2 ? 0.7 : 0.3);
      slider.dispatchEvent(new Event("input", { bubbles: true }));
    }
    atThisFramesEnd((end) => {
      if (!changed) return requestAnimationFrame(() => poke(slider ? times + 1 : times));
      observer.disconnect();
      told((answered = end));
    });
  }
  requestAnimationFrame(() => poke(0));

  // Dragging: from the reader's movement to the end of the frame in which the picture had changed.
  let latencies = [];
  let pending = null;
  let shown = () => {};
  const PATIENCE = 500;
  addEventListener(
    "pointermove",
    (event) => {
      if (!event.isTrusted || pending !== null) return;
      pending = event.timeStamp;
      changed = false;
      atFrameEnd(function check(end) {
        if (!changed && end - pending < PATIENCE) return atFrameEnd(check);
        if (changed) latencies.push(end - pending);
        pending = null;
        shown();
      });
    },
    { capture: true, passive: true },
  );

  const figure = (id) => document.getElementById(id);
  return {
    /** When the page answered its first slider, counted from the navigation; null if it has not within `patience`. */
    answer: (patience) =>
      new Promise((resolve) => {
        told = resolve;
        if (answered !== null) resolve(answered);
        setTimeout(() => resolve(null), patience);
      }),
    follow(id) {
      watch(figure(id));
      latencies = [];
    },
    /** Waits until the picture has followed the movement before. */
    shown: () =>
      new Promise((resolve) => {
        if (pending === null) resolve();
        else shown = resolve;
      }),
    latencies: () => latencies,
    /** The time of one `live.set`, for each of these settings: repeated until the clock can tell. */
    recompute: (id, settings) =>
      settings.map((setting, i) => {
        const { live } = figure(id);
        const other = settings[(i + 1) % settings.length];
        const start = now();
        let times = 0;
        do {
          live.set(setting);
          live.set(other);
          times += 2;
        } while (now() - start < 5);
        return (now() - start) / times;
      }),
  };
})();
