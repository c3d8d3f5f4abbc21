// What a device has recorded and the server has not acknowledged yet. It belongs to this device, not to whoever is signed
// in: it outlives the page, the sign-in and the browser. Each island that records has a queue of its own, by name.
//
// A row: {nonce, order, device, at, …, refused?}

const ROWS = "rows";
const ABOUT = "about";

export class Queue {
  constructor(name) {
    this.name = name;
  }

  database() {
    this.opened ??= new Promise((resolve, reject) => {
      const request = indexedDB.open(this.name, 1);
      request.onupgradeneeded = () => {
        request.result.createObjectStore(ROWS, { keyPath: "nonce" });
        request.result.createObjectStore(ABOUT);
      };
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    return this.opened;
  }

  // What `use` asks of the store, once the transaction is on the disk: nothing is called recorded before.
  async within(store, mode, use) {
    const held = (await this.database()).transaction(store, mode, { durability: "strict" });
    const answer = use(held.objectStore(store));
    return new Promise((resolve, reject) => {
      held.oncomplete = () => resolve(answer.result);
      held.onabort = held.onerror = () => reject(held.error);
    });
  }

  add(row) {
    return this.within(ROWS, "readwrite", (rows) => rows.put(row));
  }

  // Adds it, and answers all there is with it: whoever says that it is recorded says in the same moment what waits.
  record(row) {
    return this.listed("readwrite", (rows) => rows.put(row));
  }

  drop(nonce) {
    return this.within(ROWS, "readwrite", (rows) => rows.delete(nonce));
  }

  // Those to be sent, as they were recorded.
  async waiting() {
    return toSend(await this.all());
  }

  all() {
    return this.listed("readonly", () => {});
  }

  async listed(mode, change) {
    const rows = await this.within(ROWS, mode, (store) => {
      change(store);
      return store.getAll();
    });
    return rows.sort((one, other) => one.order - other.order);
  }

  // Which device this is: made up once, and told to nobody but with what it sends.
  async device() {
    const known = await this.within(ABOUT, "readonly", (about) => about.get("device"));
    if (known) return known;
    const fresh = id();
    await this.within(ABOUT, "readwrite", (about) => about.put(fresh, "device"));
    return fresh;
  }
}

export function toSend(rows) {
  return rows.filter((row) => !row.refused);
}

// Those the server has answered with a refusal, until somebody has read it.
export function refusedOf(rows) {
  return rows.filter((row) => row.refused);
}

// Who came and went: {activity, session, direction, seat_code | own_code | person | undoes}.
export const scans = new Queue("xfh-door");
// Who was called on: {by, door, walk, outcome, round?, care?, answers, told}; what was found: {by, door, walk, finding}.
export const visits = new Queue("xfh-doorstep");

// What nobody else calls anything. It begins with a letter, as ids do.
export function id() {
  return `n${crypto.randomUUID().replaceAll("-", "")}`;
}
