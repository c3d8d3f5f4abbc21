// What opens without signal: the code of one's seat, the door's scanning, and what they load. Before this stands HERE,
// as the server knows it: {version, home, assets}.
//
// Pages of people are kept only where the server says so and for how long (Kept-For), and go when anybody signs in or
// out here: the next user of this phone finds nothing of the last one.

const SHELL = `xfh-shell-${HERE.version}`; // Ours, the same for everybody.
const KEPT = "xfh-kept"; // Of whoever is signed in.
const LARGE = "xfh-large"; // From npm: one version of it.
const OFFLINE = `${HERE.home}/offline`;
const ASSETS = `${HERE.home}/web/`;
const VENDOR = /\/vendor\//;
const ENTRANCES = ["/leave", "/sign-out", "/sign-in", "/invite"].map((path) => HERE.home + path);
const PATIENCE_MS = 3000; // With a copy at hand nobody waits longer for a network that may be none.

let purged = 0; // How often, so that what was asked for before is not kept after.

self.addEventListener("install", (event) => event.waitUntil(prepare()));
self.addEventListener("activate", (event) => event.waitUntil(tidy()));
self.addEventListener("message", (event) => {
  if (event.data.keep) event.waitUntil(keepAll(event.data.keep, event.source));
});
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== location.origin) return;
  if (request.method === "POST" && isEntrance(url.pathname)) event.waitUntil(purge());
  if (request.method !== "GET") return;
  if (url.pathname.startsWith(ASSETS)) event.respondWith(asset(request, url));
  else if (request.mode === "navigate") event.respondWith(page(request, url));
  else if (request.headers.has("Keep")) event.respondWith(freshOrKept(request, url));
});

async function prepare() {
  const shell = await caches.open(SHELL);
  await shell.addAll(HERE.assets);
  await shell.put(OFFLINE, await fetch(OFFLINE, { credentials: "omit" }));
  await self.skipWaiting();
}

async function tidy() {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith("xfh-") && ![SHELL, KEPT, LARGE].includes(name));
  await Promise.all(old.map((name) => caches.delete(name)));
  await dropOverdue();
  await self.clients.claim();
}

// An entrance's own addresses lie under it: /sign-in/password.
function isEntrance(path) {
  return ENTRANCES.some((entrance) => path === entrance || path.startsWith(`${entrance}/`));
}

async function purge() {
  purged += 1;
  await caches.delete(KEPT);
}

// --- pages

async function page(request, url) {
  const answer = await freshOrKept(request, url).catch(() => null);
  return answer ?? (await caches.match(OFFLINE)) ?? Response.error();
}

// Throws when there is neither.
async function freshOrKept(request, url) {
  const copy = await copyOf(url);
  const fresh = fetch(request).then((answer) => remember(url, answer, purged));
  if (!copy) return fresh;
  return Promise.race([fresh, later(PATIENCE_MS).then(() => copy)]).catch(() => copy);
}

async function copyOf(url) {
  await dropOverdue();
  return (await caches.open(KEPT)).match(url.pathname);
}

// Where a query says whom a page is about, it is not kept.
async function remember(url, answer, before) {
  if (url.search) return answer;
  const kept = await caches.open(KEPT);
  if (answer.ok && answer.headers.has("Kept-For") && before === purged) {
    await kept.put(url.pathname, await dated(answer.clone()));
  } else if ([403, 404].includes(answer.status)) {
    await kept.delete(url.pathname); // It is theirs no more.
  }
  return answer;
}

// With until when it is kept, by this clock.
async function dated(answer) {
  const headers = new Headers(answer.headers);
  headers.set("Kept-Until", Date.now() + 1000 * Number(headers.get("Kept-For")));
  return new Response(await answer.blob(), { headers });
}

async function keepAll(addresses, client) {
  for (const address of addresses) {
    const url = new URL(address, location.origin);
    const answer = await fetch(url, { headers: { Accept: "text/html" } }).catch(() => null);
    if (answer) await remember(url, answer, purged);
    client?.postMessage({ kept: address, is: Boolean(await copyOf(url)) });
  }
}

async function dropOverdue() {
  const kept = await caches.open(KEPT);
  for (const request of await kept.keys()) {
    const copy = await kept.match(request);
    if (Number(copy.headers.get("Kept-Until")) < Date.now()) await kept.delete(request);
  }
}

// --- what pages load

// A name says which version it is, so a copy is as good as what the server has. A page that was kept names an old
// version: without a network it gets the same file of the one at hand.
async function asset(request, url) {
  const copy = await caches.match(request);
  if (copy) return copy;
  try {
    const answer = await fetch(request);
    if (answer.ok && VENDOR.test(url.pathname)) await keepLarge(request, answer.clone());
    return answer;
  } catch {
    return (await ofThisVersion(url)) ?? Response.error();
  }
}

async function keepLarge(request, answer) {
  const large = await caches.open(LARGE);
  const name = nameOf(new URL(request.url));
  const others = (await large.keys()).filter((other) => nameOf(new URL(other.url)) === name);
  await Promise.all(others.map((other) => large.delete(other)));
  await large.put(request, answer);
}

async function ofThisVersion(url) {
  const at = HERE.assets.find((address) => nameOf(new URL(address, location.origin)) === nameOf(url));
  return at ? caches.match(at) : undefined;
}

// `islands/scan.js` of `/web/1a2b3c/islands/scan.js`.
function nameOf(url) {
  return url.pathname.slice(ASSETS.length).split("/").slice(1).join("/");
}

function later(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
