// What the door is shown: a sign, a word and a colour for each that was recorded; what waits, and for how long.

const MOST_SHOWN = 10;
const part = (id) => document.getElementById(id);

export class Result {
  nonce = ""; // Of the row it tells of.

  show = (look, sign, words, about) => {
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
    this.show("full", "✕", "没有记下", "这台设备的存储满了或不可用，请改用纸质名单");
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

export function clock(moment) {
  return new Date(moment).toLocaleTimeString("zh-CN", { hour: "numeric", minute: "2-digit", hourCycle: "h23", timeZone: "Asia/Shanghai" });
}

// How many, and since when the oldest waits.
export function waits(rows) {
  part("queue").hidden = !rows.length;
  if (!rows.length) return;
  const minutes = Math.max(0, Math.floor((Date.now() - Date.parse(rows[0].at)) / 60_000));
  const age = minutes ? `最早的等了 ${minutes} 分钟` : "刚刚记下";
  part("waiting").textContent = `未上传 ${rows.length} 条，${age}`;
}

export function lately({ row, guest, way }, undo) {
  const who = guest ? guest.name || "没有登记姓名" : "待核对";
  const line = item(`${clock(row.at)} ${way} ${who}`, "撤销", (own) => {
    own.remove();
    undo(row, guest);
  });
  part("latest").prepend(line);
  while (part("latest").children.length > MOST_SHOWN) part("latest").lastElementChild.remove();
  part("lately").hidden = false;
}

export function refusals(rows, read) {
  part("refused").hidden = !rows.length;
  const lines = rows.map((row) => item(`${clock(row.at)} ${row.seat_code ?? ""} ${row.refused}`, "知道了", () => read(row.nonce)));
  part("refusals").replaceChildren(...lines);
}

function item(text, word, act) {
  const line = document.createElement("li");
  const said = document.createElement("span");
  said.textContent = text;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "second";
  button.textContent = word;
  button.setAttribute("aria-label", `${word}：${text}`);
  button.addEventListener("click", () => act(line));
  line.append(said, button);
  return line;
}

// As a table that a clerk can open and type in, where all else has failed. The mark makes it Chinese in a spreadsheet.
export function saved(rows) {
  const lines = rows.map((row) => [row.at, row.direction === "in" ? "签到" : "签退", row.seat_code ?? row.own_code ?? row.person ?? "", row.undoes ? "撤销" : "", row.session, row.nonce]);
  const table = [["时间", "来去", "座位码", "撤销", "场次", "编号"], ...lines];
  const file = new Blob(["\ufeff", table.map((line) => line.join(",")).join("\r\n")], { type: "text/csv" });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = "未上传的签到.csv";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
