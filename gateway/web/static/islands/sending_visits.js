// Sends who was called on, many at once and answered line by line, then what was found there, one by one.
import { id } from "./queue.js";
import { Sender, Stays, whyNot } from "./sending.js";
import { says } from "./words.js";

const MOST = 200;
const FINAL = [400, 404, 409, 422];
const NOT_THEIRS = ["not_on_roster", "not_your_grid", "out_of_scope"];

export class VisitSender extends Sender {
  // Only to the name of who was at the door: whoever else is signed in now leaves it where it is.
  async sendAll(rows, answers, { person, csrf_token: token }) {
    const own = rows.filter((row) => row.by === person);
    const visits = own.filter((row) => row.outcome);
    for (let first = 0; first < visits.length; first += MOST) answers.push(...(await this.sendVisits(visits.slice(first, first + MOST), token)));
    for (const row of own.filter((one) => one.finding)) answers.push(await this.sendFinding(row, token));
    const others = rows.length - own.length;
    if (others) throw new Stays(says("{1} 条是另一位网格员记的，要由本人登录上传", others));
  }

  async sendVisits(rows, token) {
    const body = { device_now: new Date().toISOString(), visits: rows.map(asVisit) };
    const answer = await this.post("/api/v1/visits/queued", body, token, id());
    if (!answer.ok) throw await whyNot(answer);
    const told = new Map((await answer.json()).rows.map((one) => [one.nonce, one]));
    const answered = rows.filter((row) => told.has(row.nonce));
    await Promise.all(answered.map((row) => this.settle(row, told.get(row.nonce))));
    return answered;
  }

  settle(row, { outcome, errors }) {
    if (outcome === "refused") return this.refuse(row, errors[0]?.message);
    return this.queue.drop(row.nonce);
  }

  refuse(row, why) {
    return this.queue.add({ ...row, refused: why ?? says("没有登记上") });
  }

  // The key is the row's own: sent again, the first answer comes again.
  async sendFinding(row, token) {
    const body = { door: row.door, ...row.finding };
    const answer = await this.post("/api/v1/findings", body, token, row.nonce);
    const problem = answer.ok ? {} : await answer.clone().json().catch(() => ({}));
    if (answer.ok) await this.queue.drop(row.nonce);
    else if (FINAL.includes(answer.status) || NOT_THEIRS.includes(problem.code)) await this.refuse(row, problem.title);
    else throw await whyNot(answer);
    return row;
  }
}

function asVisit({ door, outcome, round, care, answers, told, device, nonce, at }) {
  return { door, outcome, round, care, answers, told, device, nonce, at };
}
