// Sends what waits. A row goes only when the server has answered for that very row; whatever else comes back, or nothing,
// it stays. Sent twice it counts once, for the server knows a scan by device and nonce.
import * as queue from "./queue.js";

const MOST = 200;
const EVERY_MS = 15_000;

export class Sender {
  // `tell({why, isSignedOut, answers})` after each round: why something stays, and what became of what was sent.
  constructor(home, tell) {
    this.home = home;
    this.tell = tell;
    this.next = null;
  }

  start() {
    const again = () => this.send();
    addEventListener("online", again);
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && again());
    setInterval(again, EVERY_MS);
    again();
  }

  // Of all tabs one sends at a time. Each waits with no more than one round for its turn: that sends whatever is there.
  send() {
    this.next ??= this.alone(() => {
      this.next = null;
      return this.round();
    });
    return this.next;
  }

  alone(act) {
    return navigator.locks ? navigator.locks.request("xfh-door", act) : Promise.resolve().then(act);
  }

  async round() {
    const answers = [];
    let trouble = null;
    try {
      const rows = await queue.waiting();
      if (rows.length) await this.sendAll(rows, answers);
    } catch (problem) {
      if (!(problem instanceof Stays)) throw problem;
      trouble = problem;
    }
    this.tell({ why: trouble?.message ?? "", isSignedOut: Boolean(trouble?.isSignedOut), answers });
  }

  async sendAll(rows, answers) {
    const token = await this.token();
    const scans = rows.filter((row) => !row.undoes);
    for (const some of batches(scans)) answers.push(...(await this.sendScans(some, token)));
    for (const row of (await queue.waiting()).filter((one) => one.undoes)) await this.sendUndo(row, token);
  }

  // Whoever is signed in now: that may be somebody else than when the page was kept.
  async token() {
    const answer = await this.ask("/sign-in/me", {});
    const me = await answer.json();
    if (!me.signed_in) throw new Stays("登录已过期，记录都还在，重新登录后继续上传", true);
    return me.csrf_token;
  }

  async sendScans(rows, token) {
    const { activity, session } = rows[0];
    const scans = rows.map(asScan);
    const body = { session, device_now: new Date().toISOString(), scans };
    const answer = await this.post(`/api/v1/activities/${activity}/scans`, body, token, queue.id());
    if (!answer.ok) throw await whyNot(answer);
    const report = await answer.json();
    if (report.rows.length !== rows.length) throw new Stays("服务器的答复不完整，稍后再传");
    await Promise.all(rows.map((row, place) => settle(row, report.rows[place])));
    return rows.map((row, place) => ({ row, ...report.rows[place] }));
  }

  // The key is the row's own: sent again, the first answer comes again.
  async sendUndo(row, token) {
    if (!row.person) return queue.add({ ...row, refused: "不知道是谁，请到名单里撤销" });
    const body = { session: row.session, person: row.person, undone: row.direction, reason: "扫错了" };
    const path = `/api/v1/activities/${row.activity}/checkins/undo`;
    const answer = await this.post(path, body, token, row.nonce);
    if (answer.ok) return queue.drop(row.nonce);
    if (answer.status !== 409) throw await whyNot(answer);
    return queue.add({ ...row, refused: (await answer.json()).title });
  }

  post(path, body, token, key) {
    const headers = { "Content-Type": "application/json", "Idempotency-Key": key, "X-CSRF-Token": token };
    return this.ask(path, { method: "POST", headers, body: JSON.stringify(body) });
  }

  // `navigator.onLine` may say anything: there is a network when there is an answer.
  async ask(path, options) {
    try {
      return await fetch(this.home + path, { ...options, cache: "no-store" });
    } catch {
      throw new Stays("没有网络，联网后自动上传");
    }
  }
}

class Stays extends Error {
  constructor(message, isSignedOut = false) {
    super(message);
    this.isSignedOut = isSignedOut;
  }
}

async function whyNot(answer) {
  if (answer.status === 401) return new Stays("登录已过期，记录都还在，重新登录后继续上传", true);
  const problem = await answer.json().catch(() => ({}));
  return new Stays(problem.title ?? "服务器暂时没有答复，稍后再传");
}

// The row is answered for. What was refused stays to be read; what it was of is told to who undoes it.
async function settle(row, answer) {
  const undoing = (await queue.waiting()).filter((one) => one.undoes === row.nonce);
  if (answer.outcome === "refused") {
    await Promise.all(undoing.map((undo) => queue.drop(undo.nonce))); // Nothing is there.
    await queue.add({ ...row, refused: answer.errors[0]?.message ?? "没有登记上" });
    return;
  }
  const known = (undo) => ({ ...undo, person: undo.person ?? answer.person });
  await Promise.all(undoing.map((undo) => queue.add(known(undo))));
  await queue.drop(row.nonce);
}

function asScan(row) {
  const { direction, at, device, nonce, seat_code, own_code, person } = row;
  return { direction, at, device, nonce, seat_code, own_code, person };
}

// Of one session each, and none too large.
function* batches(rows) {
  for (const session of new Set(rows.map((row) => row.session))) {
    const its = rows.filter((row) => row.session === session);
    for (let first = 0; first < its.length; first += MOST) yield its.slice(first, first + MOST);
  }
}
