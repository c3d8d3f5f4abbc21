// Who signs out with records that are not sent yet is asked first. They stay on the device either way.
import * as queue from "./queue.js";

const form = document.querySelector("form.leave");
const asked = document.getElementById("unsent");

form?.addEventListener("submit", async (event) => {
  if (!asked.hidden) return; // Asked, and meant.
  event.preventDefault();
  const rows = await queue.waiting().catch(() => []);
  if (!rows.length) return form.submit();
  document.getElementById("unsent-says").textContent = `还有 ${rows.length} 条签到没有上传。`;
  asked.hidden = false;
  asked.focus();
});
