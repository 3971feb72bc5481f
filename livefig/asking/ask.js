// A question on a page or in Jupyter: what the reader answers, and what it says. ask.py is the twin.

import { formulaProblem, readAs } from "../formulas/grammar.js";
import { judge, readNumber } from "./answers.js";

const FORMAT = "livefig-ask";
const VERSION = 1;
const MOST_WRONG = 50; // wrong answers that are remembered

/** The event that tells forms of answers which they have not given themselves. */
export const CHANGED = "asks-changed";

/** The words with their {fields} filled in. */
export const said = (sentence, values) => sentence.replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);

/** A number as a sentence says it. */
const shown = (x) => String(Number(x.toPrecision(3))).replace("-", "−");

/** How far a guess is from the value, where one can say it in a few words. */
function howFar(guess, value, words) {
  const times = guess / value;
  const say = (sentence, factor) => said(sentence, { times: shown(Number(factor.toPrecision(2))) });
  if (Math.abs(times - 1) <= 0.1) return words.guess_close;
  if (times < 0) return words.guess_sign;
  if (value > 0 && times >= 2) return say(words.guess_large, times);
  if (value > 0 && times > 0 && times <= 0.5) return say(words.guess_small, 1 / times);
  return "";
}

/** The live figures of a name that are on the page and awake. */
const figuresOf = (name) =>
  [...document.querySelectorAll("figure.live-figure")].filter(({ dataset, live }) => live && dataset.figure === name);

/** Wake a form. memory: what the reader has answered, by the ids of asks. */
export function wakeAsk(form, words, memory) {
  const spec = JSON.parse(form.querySelector('script[type="application/json"]').textContent);
  if (spec.format !== FORMAT || spec.version !== VERSION || form.ask) return;
  const { id, kind } = spec;
  const judged = ["number", "formula", "choice"].includes(kind);
  const box = form.querySelector('input[type="text"]');
  const choices = [...form.querySelectorAll('input[type="radio"]')];
  const line = form.querySelector(".ask-say");
  const record = () => memory.answer(id);

  const say = (text) => line.replaceChildren(text); // a new node is read aloud, even if its words are the same
  const typed = () => (kind === "choice" ? (choices.find(({ checked }) => checked)?.value ?? "") : box.value);

  /** Judge an answer, remember it, and show what there is to say. */
  function answer(given) {
    let [verdict, value] = ["", null];
    if (kind === "goal") {
      const [figure] = figuresOf(spec.figure);
      if (!figure) return refuse(words.no_figure);
      if (given) figure.live.set(given);
      given = Number(figure.live.named()[spec.value]);
    }
    const text = String(given).trim();
    if (judged && !spec.known) return refuse(words.unknown);
    if (kind === "choice" && !spec.options.includes(text)) return refuse(words.choose);
    ({ verdict } = judge(spec, text));
    if (verdict === "unreadable")
      return refuse(kind === "formula" ? formulaProblem(text, spec.variables, words) : words.unreadable);
    if (kind === "guess") value = revealed();
    const { tries = 0, wrong = [], first = now(), ...old } = record() ?? {};
    const again = old.answer === text;
    const missed = kind === "goal" && verdict === "wrong"; // a figure that has moved may miss by as much
    memory.keep(id, {
      ...old,
      kind,
      answer: text,
      draft: text,
      verdict,
      value,
      tries: tries + (again && !missed ? 0 : 1),
      wrong: verdict === "wrong" && !again ? [...wrong, text].slice(-MOST_WRONG) : wrong,
      first,
      last: now(),
    });
    show();
    return verdict;
  }

  function refuse(why) {
    box?.setAttribute("aria-invalid", "true");
    say(why);
    return "unreadable";
  }

  /** The value that was guessed, once the figure shows it; null where there is none. */
  function revealed() {
    const [figure] = figuresOf(spec.figure);
    if (!figure) return null;
    if (Object.keys(spec.at).length) figure.live.set(spec.at);
    return figure.live.named()[spec.value];
  }

  /** Until the guess is made, the figure's sentence does not say the value. */
  function cover(figures) {
    if (kind === "guess") for (const { live } of figures) live.cover(spec.value, !record()?.verdict);
  }

  const feedback = () => {
    const { answer: text, verdict, value, tries } = record();
    const filled = { value: value && shown(value) };
    if (verdict === "skipped") return said(words.it_is, filled);
    if (kind === "guess") {
      const guess = readNumber(text);
      const told = said(value === null ? words.noted : words.guessed, { ...filled, guess: shown(guess) });
      return [told, value && howFar(guess, value, words), spec.then].filter(Boolean).join(" ");
    }
    const known = judged ? said(judge(spec, text).say, words) : "";
    if (verdict === "right") return [words.right, known, spec.then].filter(Boolean).join(" ");
    const hint = known || spec.hints[Math.min(tries, spec.hints.length) - 1] || words.try_again;
    return [words.wrong, hint, kind === "formula" && readAs(text, spec.variables, words)].filter(Boolean).join(" ");
  };

  /** What stands in the form is what is remembered. */
  function show() {
    const kept = record();
    if (judged && spec.known && kept?.answer) memory.keep(id, { ...kept, verdict: judge(spec, kept.answer).verdict }); // as this book judges it
    const { answer: text = "", draft = text, verdict = "" } = record() ?? {};
    if (box && box.value !== draft) box.value = draft;
    for (const choice of choices) choice.checked = choice.value === draft;
    box?.toggleAttribute("aria-invalid", false);
    form.dataset.verdict = verdict;
    say(verdict ? feedback() : "");
    if (kind === "guess") form.querySelector(".ask-skip").hidden = Boolean(verdict);
    cover(figuresOf(spec.figure));
    showSolutions();
  }

  const acts = {
    "ask-skip": () => {
      memory.keep(id, { ...record(), kind, answer: "", verdict: "skipped", value: revealed(), tries: 0, last: now() });
      form.querySelector(".ask-check").focus(); // for this button goes
      show();
    },
    "ask-to_figure": () => {
      const [figure] = figuresOf(spec.figure);
      if (figure) figure.scrollIntoView({ block: "nearest" });
      else say(words.no_figure);
    },
    "ask-solution": () => {
      memory.keep(id, { ...record(), kind, shown: record()?.tries ?? 0 });
      showSolutions();
      const solution = solutionOf(spec.solution);
      solution.querySelector(".toggle-button-hidden")?.click();
      solution.scrollIntoView({ block: "nearest" });
    },
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    answer(kind === "goal" ? null : typed());
  });
  form.addEventListener("input", () => memory.keep(id, { ...record(), kind, draft: typed() }));
  window.addEventListener("live-ready", ({ detail }) => {
    if (detail.dataset.figure === spec.figure) cover([detail]);
  });
  for (const [name, act] of Object.entries(acts)) form.querySelector(`.${name}`)?.addEventListener("click", act);
  if (solutionOf(spec.solution)) form.dataset.solution = spec.solution;
  else form.querySelector(".ask-solution")?.remove(); // in a notebook, or in an edition without solutions
  for (const element of form.querySelectorAll("input, button")) element.disabled = false;
  form.ask = {
    answer,
    state: () => ({ id, kind, answer: "", verdict: "", tries: 0, ...record() }),
  };
  window.addEventListener(CHANGED, show);
  show();
}

const now = () => new Date().toISOString();

/** The solution of an exercise that stands on the page, by the exercise's label. */
const solutionOf = (label) =>
  label && document.querySelector(`.solution .admonition-title a[href="#${label}"]`)?.closest(".solution");

/** A solution is seen once a reader has wished it, or has answered all that is asked of it. */
function showSolutions() {
  const forms = [...document.querySelectorAll(".live-ask[data-solution]")].filter((form) => form.ask);
  for (const label of new Set(forms.map(({ dataset }) => dataset.solution))) {
    const states = forms.filter(({ dataset }) => dataset.solution === label).map((form) => form.ask.state());
    const wished = states.some(({ shown }) => shown !== undefined);
    solutionOf(label).hidden = !wished && !states.every(({ verdict }) => verdict === "right");
  }
}
