// A day taken along: the doors of a grid with what is asked there. On the phone it is kept only as cipher, beside the
// pages that are kept, which go when anybody signs in or out; its key the server makes anew each time, and this tab alone
// has it, for as long as it is open and no longer than the shift.

const SHIFT = "xfh-shift";
const KEPT = "xfh-kept";
const IV_BYTES = 12;

export function forget() {
  sessionStorage.removeItem(SHIFT);
}

export class Day {
  constructor(address) {
    this.address = address;
    this.said = null;
    this.loading = Promise.resolve();
  }

  // From the server, else as it was when it last was to be had. False where there is none, or not any more. One at a
  // time: what is kept and its key belong together.
  load() {
    this.loading = this.loading.then(async () => {
      this.said = (await this.fresh()) ?? (await this.kept());
      return Boolean(this.said);
    });
    return this.loading;
  }

  get ends() {
    return shift()?.until ?? 0;
  }

  async fresh() {
    const answer = await fetch(this.address, { cache: "no-store" }).catch(() => null);
    if (answer && [401, 403, 404].includes(answer.status)) await this.end(); // It is theirs no more.
    if (!answer?.ok) return null;
    const { key, for_s: lasts, ...said } = await answer.json();
    sessionStorage.setItem(SHIFT, JSON.stringify({ key, until: Date.now() + 1000 * lasts }));
    await this.keep(said);
    return said;
  }

  async keep(said) {
    const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
    const text = new TextEncoder().encode(JSON.stringify(said));
    const cipher = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await key(), text);
    const headers = { "Content-Type": "application/octet-stream", "Kept-Until": String(this.ends) };
    const kept = await caches.open(KEPT);
    await kept.put(this.address, new Response(new Blob([iv, cipher]), { headers }));
  }

  async kept() {
    const copy = await (await caches.open(KEPT)).match(this.address);
    if (!copy || !shift()) return null; // What another tab took along is not for this one.
    if (this.ends <= Date.now()) return this.end();
    const bytes = new Uint8Array(await copy.arrayBuffer());
    const iv = bytes.slice(0, IV_BYTES);
    const text = await crypto.subtle.decrypt({ name: "AES-GCM", iv }, await key(), bytes.slice(IV_BYTES)).catch(() => null);
    return text && JSON.parse(new TextDecoder().decode(text));
  }

  // The shift is over. A page that is closed meanwhile leaves the end to the next one: the key goes last.
  async end() {
    this.said = null;
    await (await caches.open(KEPT)).delete(this.address);
    forget();
    return null;
  }
}

function shift() {
  return JSON.parse(sessionStorage.getItem(SHIFT));
}

function key() {
  const raw = Uint8Array.from(atob(shift().key), (letter) => letter.charCodeAt(0));
  return crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]);
}
