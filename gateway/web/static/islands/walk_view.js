// What a member sees of the day without signal: the doors by walk number, and one door with what is asked there.

const part = (id) => document.getElementById(id);
let numbers = 0; // Of what has a label.

export const OUTCOMES = { met: "见到了", not_in: "家中无人", refused: "不愿回答", empty: "空置", moved: "已搬走" };

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
  part("doors").replaceChildren(...doors.map((door) => line(door, done.get(door.id), open)));
}

function line(door, outcome, open) {
  const button = made("button", { type: "button", className: "second", textContent: name(door) });
  button.addEventListener("click", () => open(door));
  const states = outcome ? [state("done", "✓", `${OUTCOMES[outcome]}，待传`)] : statesOf(door);
  return made("li", { className: "card" }, made("h2", {}, button), made("p", {}, ...spaced(states)));
}

function statesOf(door) {
  const rounds = (door.rounds ?? []).map(({ title, outcome }) => ofRound(title, outcome));
  const calls = (door.calls ?? []).map(({ next_at: at, missed }) => state(missed ? "full" : "wait", missed ? "✕" : "◷", `探访最迟 ${day(at)}`));
  const found = (door.findings ?? []).length;
  return [...rounds, ...calls, ...(found ? [state("wait", "◷", `上次发现 ${found} 件`)] : [])];
}

function ofRound(title, outcome) {
  if (!outcome) return state("free", "●", `${title}：没走`);
  if (outcome === "not_in") return state("wait", "◷", `${title}：上次没人`);
  return state("done", "✓", `${title}：走过了`);
}

function spaced(states) {
  return states.flatMap((one) => [one, " "]);
}

export function name(door) {
  return `第 ${door.walk} 户 ${door.label ?? "没有门牌"}`;
}

// The last day that is meant: a deadline at midnight is the end of the day before.
function day(moment) {
  const at = new Date(Date.parse(moment) - 1);
  return at.toLocaleDateString("zh-CN", { month: "long", day: "numeric", timeZone: "Asia/Shanghai" });
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
  return made("li", { textContent: [`${kind}：${how}`, words].filter(Boolean).join("，") });
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
  const title = round ? `见到了：${round.title}` : "见到了";
  const form = made("form", { className: "panel" }, made("h3", { textContent: title }));
  const last = new Map((here?.answers ?? []).map(({ item, value }) => [item, value]));
  for (const item of round?.items ?? []) form.append(question(item, last.get(item.item) ?? "", round.items));
  const care = of.calls?.[0]?.care;
  if (care) form.append(check("care", care, "也是关爱探访", true));
  for (const one of of.findings ?? []) if (one.state === "resolved") form.append(check("told", one.finding, `当面说了：${one.kind_text}已经办好`, false));
  form.append(made("button", { className: "go below", textContent: "见到了，记下" }));
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

const YES_OR_NO = [["yes", "是"], ["no", "否"]];

function question(item, chosen, items) {
  const isChosen = ["yes_no", "choice"].includes(item.kind);
  const part = isChosen ? choice(item, chosen) : typed(item, chosen);
  if (item.only_if) {
    part.dataset.item = item.only_if.item;
    part.dataset.answer = item.only_if.answer;
    const of = items.find((one) => one.item === item.only_if.item);
    const answer = Object.fromEntries(YES_OR_NO)[item.only_if.answer] ?? item.only_if.answer;
    part.append(made("p", { className: "quiet", textContent: `“${of.title}”是“${answer}”时才问` }));
  }
  return part;
}

function choice(item, chosen) {
  const choices = item.kind === "yes_no" ? YES_OR_NO : item.options.map((one) => [one, one]);
  const ticks = made("div", { className: "ticks" }, ...[...choices, ["", "没问到"]].map(([value, words]) => radio(item, value, words, chosen)));
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
