// The door: whatever is scanned, typed or picked is recorded on this device first, and sent when it can be. Nothing is
// judged here: who is not on the list is recorded as well, and the server says what it makes of it.
import { Camera } from "./camera.js";
import { meant } from "./codes.js";
import { Decoder, drawn } from "./decoder.js";
import { called, Guests } from "./guests.js";
import { id, refusedOf, scans as queue, toSend } from "./queue.js";
import { clock, refusals, waits } from "./queue_view.js";
import { Result, lately, saved } from "./scan_view.js";
import { ScanSender } from "./sending_scans.js";
import { keep } from "./worker.js";
import { says } from "./words.js";

const IGNORED_MS = 3000; // The same code stays before the camera for a while.
const of = document.getElementById("scan").dataset;
const part = (id) => document.getElementById(id);
const guests = new Guests(`${of.door}/scan/list`, Number(of.letters));
const result = new Result();
const sender = new ScanSender(queue, of.home, told);
const seen = new Map(); // What was read last, and when.
const came = new Map(); // By person, since when somebody is known to be there.
let isKept = false; // The page, for when there is no network.
let isAtHand = false; // All that was to come has, or has failed to.
let recording = Promise.resolve(); // Each is recorded before the next is looked at.
const unnamed = new Map(); // What was recorded while it was not known whose it is, and how to say so then.

// --- recording

function take(text) {
  recording = recording.then(() => record(text)).catch(result.failed);
  return recording;
}

async function saw(text) {
  const now = Date.now();
  const before = seen.get(text) ?? 0;
  seen.set(text, now);
  if (now - before > IGNORED_MS) await take(text);
}

async function record(text) {
  const code = meant(text, Number(of.letters));
  if (!code) return result.show("full", "✕", says("这不是座位码"), says("没有记下，请扫下一位"));
  const guest = code.seat_code ? await guests.byCode(code.seat_code) : null;
  await put(guest ? { ...code, person: guest.person } : code, guest);
}

// Says so once it is on the disk, and in that moment: else it is sent, and what the server says of it comes too early.
async function put(who, guest) {
  const direction = document.querySelector("[name=way]:checked").value;
  const at = new Date();
  const about = { activity: of.activity, session: of.session, device: await queue.device() };
  const row = { ...about, ...who, direction, at: at.toISOString(), nonce: id(), order: at.getTime() };
  const rows = await queue.record(row);
  recorded(row, guest);
  shown(rows);
  sender.send();
}

const wayOf = (row) => (row.direction === "in" ? says("签到") : says("签退"));

function recorded(row, guest) {
  const way = wayOf(row);
  const since = guest && row.direction === "in" ? came.get(guest.person) : "";
  if (since) result.show("wait", "◷", says("已签到 {1}", clock(since)), called(guest));
  else if (guest) result.show("done", "✓", way, called(guest));
  else result.show("free", "●", says("已记下"), says("联网后核对"));
  if (guest && row.direction === "in" && !since) came.set(guest.person, row.at);
  result.nonce = row.nonce;
  const name = lately({ row, guest, way }, undo);
  if (!guest) unnamed.set(row.nonce, { row, name });
}

// Whose it was may have come to be known since.
async function undo(row, recorded) {
  const person = row.person ?? recorded?.person ?? acknowledged.get(row.nonce);
  const guest = recorded ?? guests.byPerson(person);
  const { activity, session, device, direction } = row;
  const now = new Date();
  const rows = await queue.record({ activity, session, device, direction, person, undoes: row.nonce, nonce: id(), at: now.toISOString(), order: now.getTime() });
  if (guest) came.delete(guest.person);
  unnamed.delete(row.nonce);
  shown(rows);
  result.show("free", "●", says("已撤销"), guest ? called(guest) : "");
  sender.send();
}

// --- what the server says

const acknowledged = new Map(); // Whom a row was of.

function told({ why, isSignedOut, answers }) {
  part("why").textContent = why;
  part("sign-in").hidden = !isSignedOut;
  for (const { row, at, person, since } of answers) {
    acknowledged.set(row.nonce, person);
    named();
    if (person && since) corrected(row, at, person, since);
  }
  if (isAtHand && !guests.areHere) takeAlong();
  return show();
}

// Read before the list was here: the server has said whose it was.
function named() {
  for (const [nonce, { row, name }] of unnamed) {
    const guest = guests.byPerson(acknowledged.get(nonce));
    if (!guest) continue;
    unnamed.delete(nonce);
    name(guest);
    if (row.direction === "in" && !came.has(guest.person)) came.set(guest.person, row.at);
    if (nonce !== result.nonce) continue;
    result.show("done", "✓", wayOf(row), called(guest));
    result.nonce = nonce;
  }
}

// Somebody else's device let them in before: the first scan wins, and this door is told.
function corrected(row, at, person, since) {
  const guest = guests.byPerson(person);
  const isSecond = row.direction === "in" && at - Date.parse(since) > 60_000;
  if (guest) came.set(person, since);
  if (isSecond && row.nonce === result.nonce) result.show("wait", "◷", says("已签到 {1}", clock(since)), guest ? called(guest) : "");
}

async function show() {
  shown(await queue.all());
}

// All at once: what is counted and what is listed are never apart.
function shown(rows) {
  waits(toSend(rows), (count) => says("未上传 {1} 条", count));
  refusals(refusedOf(rows), whose, async (nonce) => {
    await queue.drop(nonce);
    await show();
  });
}

// By the code that was read, else by name: of some nobody knows either.
function whose(row) {
  const guest = guests.byPerson(row.person);
  return row.seat_code ?? (guest ? called(guest) : "");
}

// --- the ways to say who it is

part("typed").addEventListener("submit", async (event) => {
  event.preventDefault();
  const field = part("seat_code");
  const text = field.value;
  if (!text.trim()) return;
  field.value = "";
  await take(text);
  field.focus();
});

part("name").addEventListener("input", ({ target }) => {
  const words = target.value.trim();
  part("found").replaceChildren(...(words ? guests.byName(words) : []).map(foundLine));
});

function foundLine(guest) {
  const line = document.createElement("li");
  line.textContent = called(guest);
  const button = document.createElement("button");
  button.type = "button";
  button.className = "second";
  button.textContent = says("到了");
  button.setAttribute("aria-label", says("到了：{1}", called(guest)));
  button.addEventListener("click", () => put({ person: guest.person }, guest).catch(result.failed));
  line.append(button);
  return line;
}

part("export").addEventListener("click", async () => saved(await queue.waiting()));

// --- the camera

async function readPhoto(decoder, file) {
  const picture = await createImageBitmap(file);
  const text = await decoder.read(drawn(picture, picture.width, picture.height, 1600));
  if (text) await take(text);
  else result.show("full", "✕", says("照片里没有找到二维码"), says("请靠近一点再拍，或输入座位码"));
}

async function open(camera) {
  part("camera").hidden = false;
  try {
    await camera.start();
    part("switch").hidden = (await camera.others()).length < 2;
    part("torch").hidden = !camera.hasLight;
  } catch {
    part("picture").hidden = true;
    part("camera-says").textContent = says("没有打开相机。可以输入座位码、拍照，或按姓名查找。");
  }
}

function look() {
  const decoder = new Decoder(of.reader, of.wasm);
  const camera = new Camera(part("picture"), decoder, saw);
  part("photo").hidden = false;
  part("picked").addEventListener("change", ({ target }) => target.files[0] && readPhoto(decoder, target.files[0]));
  part("switch").addEventListener("click", () => camera.next());
  part("torch").addEventListener("click", ({ target }) => {
    const on = target.getAttribute("aria-pressed") !== "true";
    target.setAttribute("aria-pressed", String(on));
    camera.light(on);
  });
  return decoder.ready.then(() => open(camera), withoutReader);
}

function withoutReader() {
  part("no-reader").hidden = false;
}

// Asked for with every round until it is here.
async function takeAlong() {
  await guests.load();
  for (const guest of guests.people) if (guest.since) came.set(guest.person, guest.since);
  named();
  listed();
}

function listed() {
  if (!isAtHand) return;
  const list = guests.areHere ? says("名单上有 {1} 人", guests.people.length) : says("名单还没有取到，扫到的先记下，联网后核对");
  part("list-says").textContent = isKept && guests.areHere ? says("{1}；没有信号也能用", list) : list;
}

// Says when all of it is at hand: from then on the network may go. What the page loads is kept once the worker is there.
async function prepare() {
  isKept = await keep(location.pathname);
  await Promise.all([takeAlong(), of.reader ? look() : null]);
  isAtHand = true;
  listed();
}

for (const id of ["direction", "by-name", "more"]) part(id).hidden = false;
if (!of.reader) withoutReader();
await show();
sender.start();
navigator.storage?.persist?.();
await prepare();
