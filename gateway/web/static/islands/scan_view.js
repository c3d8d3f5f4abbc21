// What the door is shown: a sign, a word and a colour for each that was recorded.
import { called } from "./guests.js";
import { clock, goOn, item, reads, saveTable } from "./queue_view.js";
import { says } from "./words.js";

const MOST_SHOWN = 10;
const part = (id) => document.getElementById(id);

export class Result {
  nonce = ""; // Of the row it tells of; of none, unless whoever shows it says so.

  show = (look, sign, words, about) => {
    this.nonce = "";
    const verdict = part("verdict");
    part("result").className = `panel result ${look}`;
    part("result").hidden = false;
    verdict.className = `big state ${look}`;
    verdict.textContent = `${sign} ${words}`;
    part("about").textContent = about;
    signal(look);
  };

  // It could not even be written down: nothing may look as if it were. The next one may fare better.
  failed = (error) => {
    this.show("full", "✕", says("没有记下"), says("这台设备的存储满了或不可用，请改用纸质名单"));
    console.error(error);
  };
}

const TONES = { done: 880, wait: 440, free: 660, full: 220 };
let sound;

// A browser that wants a tap first is silent until then.
function signal(look) {
  navigator.vibrate?.(look === "full" ? [80, 60, 80] : 80);
  sound ??= new AudioContext();
  if (sound.state !== "running") return;
  const tone = sound.createOscillator();
  tone.frequency.value = TONES[look];
  tone.connect(sound.destination);
  tone.start();
  tone.stop(sound.currentTime + 0.12);
}

// Gives how to say whose it was, for when that is known.
export function lately({ row, guest, way }, undo) {
  const text = (who) => `${clock(row.at)} ${way} ${who}`;
  const line = item(text(guest ? called(guest) : says("待核对")), says("撤销"), (own) => {
    own.remove();
    goOn("latest");
    undo(row, guest);
  });
  part("latest").prepend(line);
  while (part("latest").children.length > MOST_SHOWN) part("latest").lastElementChild.remove();
  part("lately").hidden = false;
  return (known) => reads(line, text(called(known)));
}

export function saved(rows) {
  const lines = rows.map((row) => [row.at, row.direction === "in" ? says("签到") : says("签退"), row.seat_code ?? row.own_code ?? row.person ?? "", row.undoes ? says("撤销") : "", row.session, row.nonce]);
  saveTable([[says("时间"), says("来去"), says("座位码"), says("撤销"), says("场次"), says("编号")], ...lines], says("未上传的签到.csv"));
}
