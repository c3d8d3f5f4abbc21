// What a member sees of the day without signal: the doors by walk number, and one door with what is asked there.
import { LOCALE, says } from "./words.js";

const part = (id) => document.getElementById(id);
let numbers = 0; // Of what has a label.

export const OUTCOMES = { met: says("见到了"), not_in: says("家中无人"), refused: says("不愿回答"), empty: says("空置"), moved: says("已搬走") };

export function made(tag, about, ...inside) {
  const one = Object.assign(document.createElement(tag), about);
  one.append(...inside);
  return one;
}

function state(look, sign, words) {
  const mark = made("span", { textContent: sign });
  mark.setAttribute("aria-hidden", "true");
  return made("span", { className: `state ${look}` }, mark, ` ${words}`);
}

// --- the list

// `done` has, by door, the outcome that waits to be sent.
export function list(doors, done, open) {
  const at = document.activeElement?.dataset.door;
  part("doors").replaceChildren(...doors.map((door) => line(door, done.get(door.id), open)));
  if (at) stayAt(at);
}

// Whoever walks by keys goes on from that door.
export function stayAt(door) {
  part("doors").querySelector(`[data-door="${door}"]`)?.focus();
}

function line(door, outcome, open) {
  const button = made("button", { type: "button", className: "second", textContent: name(door) });
  button.dataset.door = door.id;
  button.addEventListener("click", () => open(door));
  const states = outcome ? [state("done", "✓", says("{1}，待传", OUTCOMES[outcome]))] : statesOf(door);
  return made("li", { className: "card" }, made("h2", {}, button), made("p", {}, ...spaced(states)));
}

function statesOf(door) {
  const rounds = (door.rounds ?? []).map(({ title, outcome }) => ofRound(title, outcome));
  const calls = (door.calls ?? []).map(({ next_at: at, missed }) => state(missed ? "full" : "wait", missed ? "✕" : "◷", says("探访最迟 {1}", day(at))));
  const found = (door.findings ?? []).length;
  return [...rounds, ...calls, ...(found ? [state("wait", "◷", says("上次发现 {1} 件", found))] : [])];
}

function ofRound(title, outcome) {
  if (!outcome) return state("free", "●", says("{1}：没走", title));
  if (outcome === "not_in") return state("wait", "◷", says("{1}：上次没人", title));
  return state("done", "✓", says("{1}：走过了", title));
}

function spaced(states) {
  return states.flatMap((one) => [one, " "]);
}

export function name(door) {
  return says("第 {1} 户 {2}", door.walk, door.label ?? says("没有门牌"));
}

// The last day that is meant: a deadline at midnight is the end of the day before.
function day(moment) {
  const at = new Date(Date.parse(moment) - 1);
  const said = (of) => at.toLocaleDateString(LOCALE, { ...of, timeZone: "Asia/Shanghai" });
  return `${said({ month: "long", day: "numeric" })} ${said({ weekday: "short" })}`;
}

// --- one door

// `record(row)` is called with what came of it.
export function door(of, rounds, record) {
  part("door-name").textContent = name(of);
  part("door-open").replaceChildren(...(of.findings ?? []).map(known));
  part("not-met").replaceChildren(...["not_in", "refused", "empty", "moved"].map((outcome) => notMet(of, outcome, record)));
  const asked = of.rounds?.length ? of.rounds : [null];
  part("met").replaceChildren(...asked.map((here) => met(of, here, here && rounds[here.round], record)));
}

function known({ kind_text: kind, state_text: how, words }) {
  return made("li", { textContent: [says("{1}：{2}", says(kind), says(how)), words].filter(Boolean).join(says("，")) });
}

// Nobody in for one round is nobody in for all that are under way.
function notMet(of, outcome, record) {
  const button = made("button", { type: "button", className: outcome === "not_in" ? "go" : "second", textContent: OUTCOMES[outcome] });
  button.addEventListener("click", () => {
    const rounds = of.rounds?.length ? of.rounds.map(({ round }) => round) : [undefined];
    record(rounds.map((round) => ({ outcome, round, care: of.calls?.[0]?.care, answers: [], told: [] })));
  });
  return button;
}

function met(of, here, round, record) {
  const title = round ? says("见到了：{1}", round.title) : says("见到了");
  const form = made("form", { className: "panel" }, made("h3", { textContent: title }));
  const last = new Map((here?.answers ?? []).map(({ item, value }) => [item, value]));
  for (const item of round?.items ?? []) form.append(question(item, last.get(item.item) ?? "", round.items));
  const care = of.calls?.[0]?.care;
  if (care) form.append(check("care", care, says("也是关爱探访"), true));
  for (const one of of.findings ?? []) if (one.state === "resolved") form.append(check("told", one.finding, says("当面说了：{1}已经办好", says(one.kind_text)), false));
  form.append(made("button", { className: "go below", textContent: says("见到了，记下") }));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    record([said(new FormData(form), round)]);
  });
  return form;
}

function said(filled, round) {
  const items = round?.items ?? [];
  const answers = items.map(({ item }) => ({ item, value: (filled.get(item) ?? "").trim() })).filter(({ value }) => value);
  return { outcome: "met", round: round?.id, care: filled.get("care") ?? undefined, answers, told: filled.getAll("told") };
}

function check(name, value, words, checked) {
  const id = `w${(numbers += 1)}`;
  return made("div", { className: "check" }, made("input", { type: "checkbox", id, name, value, checked }), made("label", { htmlFor: id, textContent: words }));
}

const YES_OR_NO = [["yes", says("是")], ["no", says("否")]];

function question(item, chosen, items) {
  const isChosen = ["yes_no", "choice"].includes(item.kind);
  const part = isChosen ? choice(item, chosen) : typed(item, chosen);
  if (item.only_if) {
    part.dataset.item = item.only_if.item;
    part.dataset.answer = item.only_if.answer;
    const of = items.find((one) => one.item === item.only_if.item);
    const answer = Object.fromEntries(YES_OR_NO)[item.only_if.answer] ?? item.only_if.answer;
    part.append(made("p", { className: "quiet", textContent: says("“{1}”是“{2}”时才问", of.title, answer) }));
  }
  return part;
}

function choice(item, chosen) {
  const choices = item.kind === "yes_no" ? YES_OR_NO : item.options.map((one) => [one, one]);
  const ticks = made("div", { className: "ticks" }, ...[...choices, ["", says("没问到")]].map(([value, words]) => radio(item, value, words, chosen)));
  return made("fieldset", { className: "field" }, made("legend", { textContent: item.title }), ticks);
}

function radio({ item }, value, words, chosen) {
  const id = `w${(numbers += 1)}`;
  const input = made("input", { type: "radio", id, name: item, value, checked: value === chosen });
  input.dataset.of = item;
  return made("div", { className: "check" }, input, made("label", { htmlFor: id, textContent: words }));
}

function typed({ item, title, kind }, chosen) {
  const id = `w${(numbers += 1)}`;
  const input = made("input", { type: kind, id, name: item, value: chosen });
  return made("div", { className: "field" }, made("label", { htmlFor: id, textContent: title }), input);
}
