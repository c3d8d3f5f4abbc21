// Sends who came and went: the scans of a session in one upload, answered line by line, then what was undone.
import { id } from "./queue.js";
import { Sender, Stays, whyNot } from "./sending.js";
import { says } from "./words.js";

const MOST = 200;

export class ScanSender extends Sender {
  // An answer tells besides `at`, when the scan was by the platform's clock.
  async sendAll(rows, answers, { csrf_token: token, now }) {
    const scans = rows.filter((row) => !row.undoes);
    const ahead = Date.now() - Date.parse(now);
    const at = (row) => Date.parse(row.at) - ahead;
    for (const some of batches(scans)) answers.push(...(await this.sendScans(some, token)).map((one) => ({ ...one, at: at(one.row) })));
    for (const row of (await this.queue.waiting()).filter((one) => one.undoes)) await this.sendUndo(row, token);
  }

  async sendScans(rows, token) {
    const { activity, session } = rows[0];
    const scans = rows.map(asScan);
    const body = { session, device_now: new Date().toISOString(), scans };
    const answer = await this.post(`/api/v1/activities/${activity}/scans`, body, token, id());
    if (!answer.ok) throw await whyNot(answer);
    const report = await answer.json();
    if (report.rows.length !== rows.length) throw new Stays(says("服务器的答复不完整，稍后再传"));
    await Promise.all(rows.map((row, place) => this.settle(row, report.rows[place])));
    return rows.map((row, place) => ({ row, ...report.rows[place] }));
  }

  // The key is the row's own: sent again, the first answer comes again.
  async sendUndo(row, token) {
    if (!row.person) return this.queue.add({ ...row, refused: says("不知道是谁，请到名单里撤销") });
    const body = { session: row.session, person: row.person, undone: row.direction, reason: "扫错了" };
    const path = `/api/v1/activities/${row.activity}/checkins/undo`;
    const answer = await this.post(path, body, token, row.nonce);
    if (answer.ok) return this.queue.drop(row.nonce);
    if (answer.status !== 409) throw await whyNot(answer);
    return this.queue.add({ ...row, refused: (await answer.json()).title });
  }

  // The row is answered for. What was refused stays to be read; what it was of is told to who undoes it.
  async settle(row, answer) {
    const undoing = (await this.queue.waiting()).filter((one) => one.undoes === row.nonce);
    if (answer.outcome === "refused") {
      await Promise.all(undoing.map((undo) => this.queue.drop(undo.nonce))); // Nothing is there.
      await this.queue.add({ ...row, refused: answer.errors[0]?.message ?? says("没有登记上") });
      return;
    }
    const known = (undo) => ({ ...undo, person: undo.person ?? answer.person });
    await Promise.all(undoing.map((undo) => this.queue.add(known(undo))));
    await this.queue.drop(row.nonce);
  }
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
