// Sends what waits in a queue. A row goes only when the server has answered for that very row; whatever else comes back,
// or nothing, it stays. Sent twice it counts once, for the server knows it by device and nonce.
import { says } from "./words.js";

const EVERY_MS = 15_000;

// Who extends it says how: `sendAll(rows, answers, me)` puts into `answers` what became of each.
export class Sender {
  // `tell({why, isSignedOut, answers})` after each round: why something stays, and what became of what was sent.
  constructor(queue, home, tell) {
    this.queue = queue;
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
    return navigator.locks ? navigator.locks.request(this.queue.name, act) : Promise.resolve().then(act);
  }

  async round() {
    const answers = [];
    let trouble = null;
    try {
      const rows = await this.queue.waiting();
      if (rows.length) await this.sendAll(rows, answers, await this.me());
    } catch (problem) {
      if (!(problem instanceof Stays)) throw problem;
      trouble = problem;
    }
    this.tell({ why: trouble?.message ?? "", isSignedOut: Boolean(trouble?.isSignedOut), answers });
  }

  // Whoever is signed in now: that may be somebody else than when the page was kept.
  async me() {
    const answer = await this.ask("/sign-in/me", {});
    const me = await answer.json();
    if (!me.signed_in) throw new Stays(says("登录已过期，记录都还在，重新登录后继续上传"), true);
    return me;
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
      throw new Stays(says("没有网络，联网后自动上传"));
    }
  }
}

export class Stays extends Error {
  constructor(message, isSignedOut = false) {
    super(message);
    this.isSignedOut = isSignedOut;
  }
}

export async function whyNot(answer) {
  if (answer.status === 401) return new Stays(says("登录已过期，记录都还在，重新登录后继续上传"), true);
  const problem = await answer.json().catch(() => ({}));
  return new Stays(problem.title ?? says("服务器暂时没有答复，稍后再传"));
}
