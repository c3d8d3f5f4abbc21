// What every island with a queue shows of it: what waits and for how long, what was refused, and a table as last resort.
import { LOCALE, says } from "./words.js";

const part = (id) => document.getElementById(id);

export function clock(moment) {
  return new Date(moment).toLocaleTimeString(LOCALE, { hour: "numeric", minute: "2-digit", hourCycle: "h23", timeZone: "Asia/Shanghai" });
}

// How many, as `counted` says it, and since when the oldest waits.
export function waits(rows, counted) {
  part("queue").hidden = !rows.length;
  if (!rows.length) return;
  const minutes = Math.max(0, Math.floor((Date.now() - Date.parse(rows[0].at)) / 60_000));
  const age = minutes ? says("最早的等了 {1} 分钟", minutes) : says("刚刚记下");
  part("waiting").textContent = [counted(rows.length), age].join(says("，"));
}

// What was refused, as `said` tells which it is, until somebody has `read` it.
export function refusals(rows, said, read) {
  part("refused").hidden = !rows.length;
  const lines = rows.map((row) => item(`${clock(row.at)} ${said(row)} ${row.refused}`, says("知道了"), () => read(row.nonce).then(() => goOn("refusals"))));
  part("refusals").replaceChildren(...lines);
}

// Whoever goes through a list by keys is at its next line when one is gone, and after the last one at the page's beginning.
export function goOn(list) {
  (part(list).querySelector("button") ?? part("content")).focus({ preventScroll: true });
}

export function item(text, word, act) {
  const line = document.createElement("li");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "second";
  button.textContent = word;
  button.addEventListener("click", () => act(line));
  line.append(document.createElement("span"), button);
  reads(line, text);
  return line;
}

// An item reads so from now on.
export function reads(line, text) {
  const [said, button] = line.children;
  said.textContent = text;
  button.setAttribute("aria-label", says("{1}：{2}", button.textContent, text));
}

// A choice somebody was given may have a comma in it.
function cell(text) {
  return /[",\r\n]/.test(text) ? `"${String(text).replaceAll('"', '""')}"` : text;
}

// As a table that a clerk can open and type in, where all else has failed. The mark makes it Chinese in a spreadsheet.
export function saveTable(lines, name) {
  const file = new Blob(["\ufeff", lines.map((line) => line.map(cell).join(",")).join("\r\n")], { type: "text/csv" });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
