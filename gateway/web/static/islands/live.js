// A page that says what it rests on (<meta name="live">) shows what has changed without being loaded again. Where there
// is no room for one more stream it looks now and then.

const EVERY_MS = 15_000;
const JITTER_MS = 1000; // Not everybody at the same moment.
const LEFT_ALONE = "input, select, textarea, [contenteditable]";
const PRESSED = "a, button, summary, [id]";
const topic = document.querySelector("meta[name=live]");
let source;
let polling;

function begin() {
  end();
  source = new EventSource(topic.content);
  source.addEventListener("changed", () => setTimeout(renew, Math.random() * JITTER_MS));
  source.addEventListener("error", () => {
    if (source.readyState === EventSource.CLOSED) polling = setInterval(renew, EVERY_MS);
  });
}

function end() {
  source?.close();
  clearInterval(polling);
}

// Whoever is filling something in is not disturbed: the next change will be shown with this one.
async function renew() {
  if (document.activeElement?.matches(LEFT_ALONE)) return;
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } }).catch(() => null);
  if (!answer?.ok || answer.redirected) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  replace(page.querySelector("main"));
}

// What was open stays open, and what had the focus has it: by its id, else by what it says. Where it is gone, whoever
// goes by keys goes on from the card it stood on, where nothing is pressed by mistake, else from the beginning.
function replace(fresh) {
  const here = document.querySelector("main");
  const open = [...here.querySelectorAll("details")].map((one) => one.open);
  const focused = document.activeElement;
  const was = here.contains(focused) ? named(focused) : null;
  const card = focused?.closest("[id]")?.id;
  here.replaceChildren(...fresh.childNodes);
  here.querySelectorAll("details").forEach((one, place) => (one.open = open[place] ?? false));
  if (was === null) return;
  const again = [...here.querySelectorAll(PRESSED)].find((one) => named(one) === was);
  (again ?? began(card) ?? here).focus({ preventScroll: true });
}

function began(card) {
  const one = document.getElementById(card);
  one?.setAttribute("tabindex", "-1");
  return one;
}

function named(one) {
  return one.id || `${one.tagName} ${one.getAttribute("href") ?? ""} ${one.textContent}`;
}

// A browser has six connections to a place: a page nobody looks at holds none.
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") return end();
  begin();
  renew();
});
addEventListener("pagehide", end);
begin();
