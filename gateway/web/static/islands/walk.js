// A member's day without signal: what came of each door is recorded on this phone first, and sent when it can be.
import { Day } from "./day.js";
import { begin } from "./only_if.js";
import { id, refusedOf, toSend, visits as queue } from "./queue.js";
import { refusals, saveTable, waits } from "./queue_view.js";
import { VisitSender } from "./sending_visits.js";
import { OUTCOMES, door, list, name, stayAt } from "./walk_view.js";
import { keep } from "./worker.js";
import { says } from "./words.js";

const of = document.getElementById("walk").dataset;
const part = (id) => document.getElementById(id);
const day = new Day(of.list);
const sender = new VisitSender(queue, of.home, told);
let at = null; // The door that is open.

// --- the list and one door

async function showList() {
  const rows = await queue.all();
  const waiting = toSend(rows);
  const done = new Map(waiting.filter((row) => row.outcome).map((row) => [row.door, row.outcome]));
  list(day.said?.doors ?? [], done, open);
  waits(waiting, (count) => says("{1} 条待传", count));
  refusals(refusedOf(rows), said, async (nonce) => {
    await queue.drop(nonce);
    await showList();
  });
}

function said({ walk, outcome }) {
  return says("第 {1} 户 {2}", walk, OUTCOMES[outcome] ?? says("发现"));
}

function open(one) {
  at = one;
  door(one, day.said.rounds, recordVisits);
  part("met").querySelectorAll("form").forEach(begin);
  turn(true);
  part("door-name").focus();
}

function turn(isDoor) {
  part("door").hidden = !isDoor;
  part("list").hidden = isDoor;
}

async function back() {
  const from = at;
  at = null;
  turn(false);
  await showList();
  if (from) stayAt(from.id);
}

// --- recording

async function recordVisits(said) {
  await record(said, `${name(at)} ${OUTCOMES[said[0].outcome]}`);
}

// Says so only once it is on the disk.
async function record(said, words) {
  const now = new Date();
  const about = { by: day.said.member, door: at.id, walk: at.walk, device: await queue.device(), at: now.toISOString() };
  try {
    for (const [place, one] of said.entries()) await queue.add({ ...about, ...one, nonce: id(), order: now.getTime() + place });
  } catch (error) {
    console.error(error);
    return show("full", says("✕ 没有记下"), says("这台手机的存储满了或不可用，请改用纸"));
  }
  show("done", says("✓ 已记下"), words);
  await back();
  sender.send();
}

function show(look, verdict, about) {
  part("result").className = `panel result ${look}`;
  part("result").hidden = false;
  part("verdict").className = `big state ${look}`;
  part("verdict").textContent = verdict;
  part("about").textContent = about;
}

part("finding").addEventListener("submit", (event) => {
  event.preventDefault();
  const finding = Object.fromEntries(new FormData(event.target));
  event.target.reset(); // The next is of a kind of its own.
  record([{ finding }], says("{1} 发现", name(at)));
});
part("back").addEventListener("click", back);
part("export").addEventListener("click", async () => {
  const lines = (await queue.waiting()).map((row) => [row.at, row.walk, OUTCOMES[row.outcome] ?? says("发现"), answersOf(row), row.door, row.round ?? "", row.device, row.nonce]);
  saveTable([[says("时间"), says("第几户"), says("结果"), says("回答"), says("门户"), says("走访"), says("设备"), says("编号")], ...lines], says("未上传的走访.csv"));
});

function answersOf({ answers, finding }) {
  const said = finding ? Object.entries(finding) : (answers ?? []).map(({ item, value }) => [item, value]);
  return said.map((pair) => pair.join("=")).join(" ");
}

// --- what the server says

async function told({ why, isSignedOut, answers }) {
  part("why").textContent = why;
  part("sign-in").hidden = !isSignedOut;
  if (answers.length && !at) await day.load();
  await showList();
}

// --- the shift

async function over() {
  await day.end();
  await back();
  part("says").textContent = says("今天的班次结束了，名单已从这台手机上删除；没有上传的记录还在。");
}

function untilTheEnd() {
  if (day.said && day.ends <= Date.now()) over();
}

async function prepare() {
  const isThere = await day.load();
  await showList();
  part("says").textContent = isThere ? says("{1} 户", day.said.doors.length) : says("名单还没有取到，要有信号时先打开一次。");
  const isKept = await keep(location.pathname);
  if (isThere && isKept) part("says").textContent += says("，没有信号也能用；关掉页面或到今天结束，名单就打不开了。");
}

await showList();
sender.start();
navigator.storage?.persist?.();
setInterval(untilTheEnd, 15_000);
document.addEventListener("visibilitychange", untilTheEnd);
await prepare();
