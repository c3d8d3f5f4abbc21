// Who signs out with records that are not sent yet is asked first. They stay on the device either way; a day that was
// taken along does not: its key goes here, what it opens is taken away by the worker.
import { forget } from "./day.js";
import { scans, visits } from "./queue.js";
import { says } from "./words.js";

const form = document.querySelector("form.leave");
const asked = document.getElementById("unsent");

form?.addEventListener("submit", async (event) => {
  event.preventDefault();
  const unsent = asked.hidden ? await counted() : []; // Asked once, and meant.
  if (unsent.length) return ask(unsent);
  forget();
  form.submit();
});

function ask(unsent) {
  document.getElementById("unsent-says").textContent = says("还有 {1}没有上传。", unsent.join(says("、")));
  asked.hidden = false;
  asked.focus();
}

async function counted() {
  const kinds = [[scans, says("签到")], [visits, says("走访记录")]];
  const rows = await Promise.all(kinds.map(([queue]) => queue.waiting().catch(() => [])));
  return kinds.map(([, words], place) => says("{1} 条{2}", rows[place].length, words)).filter((_, place) => rows[place].length);
}
