// The service worker, which opens some pages without signal. Where a browser has none, they open with one only.

const ADDRESS = new URL("../../../sw.js", import.meta.url); // Whatever prefix the platform is under.
const PATIENCE_MS = 10_000;

export async function worker() {
  if (!("serviceWorker" in navigator)) return null;
  await navigator.serviceWorker.register(ADDRESS);
  return (await navigator.serviceWorker.ready).active;
}

// Has the page kept; true once it is, false where it is not to be, or not soon: nobody should wait for it.
export function keep(address) {
  return Promise.race([kept(address), later(PATIENCE_MS).then(() => false)]);
}

async function kept(address) {
  const active = await worker();
  if (!active) return false;
  return new Promise((resolve) => {
    navigator.serviceWorker.addEventListener("message", ({ data }) => {
      if (data.kept === address) resolve(data.is);
    });
    navigator.serviceWorker.startMessages();
    active.postMessage({ keep: [address] });
  });
}

function later(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
