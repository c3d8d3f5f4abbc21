// Sends who was called on and what was found there, one by one: each is answered for itself.
import { Sender, Stays, whyNot } from "./sending.js";

const REFUSED = [400, 404, 409, 422];
const NOT_THEIRS = ["not_on_roster", "not_your_grid", "out_of_scope"];

export class VisitSender extends Sender {
  // Only to the name of who was at the door: whoever else is signed in now leaves it where it is.
  async sendAll(rows, answers, { person, csrf_token: token }) {
    const own = rows.filter((row) => row.by === person);
    for (const row of own) answers.push(await this.sendOne(row, token));
    const others = rows.length - own.length;
    if (others) throw new Stays(`${others} 条是另一位网格员记的，要由本人登录上传`);
  }

  // The key is the row's own: sent again, the first answer comes again.
  async sendOne(row, token) {
    const [path, body] = row.finding ? ["/api/v1/findings", asFinding(row)] : ["/api/v1/visits/late", asVisit(row)];
    const answer = await this.post(path, body, token, row.nonce);
    const problem = answer.ok ? {} : await answer.clone().json().catch(() => ({}));
    if (answer.ok || problem.code === "visit_known") await this.queue.drop(row.nonce);
    else if (isFinal(answer.status, problem)) await this.queue.add({ ...row, refused: problem.title ?? "没有登记上" });
    else throw await whyNot(answer);
    return { row };
  }
}

function isFinal(status, problem) {
  return REFUSED.includes(status) || (status === 403 && NOT_THEIRS.includes(problem.code));
}

function asVisit({ door, outcome, round, care, answers, told, device, nonce, at }) {
  return { door, outcome, round, care, answers, told, device, nonce, at, device_now: new Date().toISOString() };
}

function asFinding({ door, finding }) {
  return { door, ...finding };
}
