// What the door has recorded and the server has not acknowledged yet. It belongs to this device and to the session, not
// to whoever is signed in: it outlives the page, the sign-in and the browser.
//
// A row: {nonce, order, device, activity, session, direction, at, seat_code | own_code | person | undoes, refused?}

const NAME = "xfh-door";
const ROWS = "rows";
const ABOUT = "about";

let opened;

function database() {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore(ROWS, { keyPath: "nonce" });
      request.result.createObjectStore(ABOUT);
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  return opened;
}

// What `use` asks of the store, once the transaction is on the disk: nothing is called recorded before.
async function within(store, mode, use) {
  const held = (await database()).transaction(store, mode, { durability: "strict" });
  const answer = use(held.objectStore(store));
  return new Promise((resolve, reject) => {
    held.oncomplete = () => resolve(answer.result);
    held.onabort = held.onerror = () => reject(held.error);
  });
}

export const add = (row) => within(ROWS, "readwrite", (rows) => rows.put(row));
export const drop = (nonce) => within(ROWS, "readwrite", (rows) => rows.delete(nonce));

// Those to be sent, as they were recorded.
export async function waiting() {
  return (await all()).filter((row) => !row.refused);
}

// Those the server has answered with a refusal, until somebody has read it.
export async function refused() {
  return (await all()).filter((row) => row.refused);
}

async function all() {
  const rows = await within(ROWS, "readonly", (store) => store.getAll());
  return rows.sort((one, other) => one.order - other.order);
}

// Which device this is: made up once, and told to nobody but with what it sends.
export async function device() {
  const known = await within(ABOUT, "readonly", (about) => about.get("device"));
  if (known) return known;
  const fresh = id();
  await within(ABOUT, "readwrite", (about) => about.put(fresh, "device"));
  return fresh;
}

// What nobody else calls anything. It begins with a letter, as ids do.
export function id() {
  return `n${crypto.randomUUID().replaceAll("-", "")}`;
}
