// The code of a seat: kept for where there is no signal, and shown on a screen that does not go dark.
import { keep } from "./worker.js";
import "./print.js";

keep(location.pathname).then((is) => {
  document.getElementById("kept").hidden = !is;
});

// A lock is lost whenever the page is not seen. Without one the screen is as it always is.
async function stayAwake() {
  if (document.visibilityState !== "visible") return;
  await navigator.wakeLock?.request("screen").catch(() => null);
}

document.addEventListener("visibilitychange", stayAwake);
stayAwake();
