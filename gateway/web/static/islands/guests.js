// Who is expected, taken along: codes are known by their hashes. Without the list everybody is recorded all the same.
import { says } from "./words.js";

export class Guests {
  constructor(address, letters) {
    this.address = address;
    this.letters = letters;
    this.people = [];
    this.areHere = false;
  }

  // From the server, else as it was when it last was to be had, else not yet.
  async load() {
    try {
      const answer = await fetch(this.address, { headers: { Keep: "1" } });
      if (!answer.ok) return;
      this.people = (await answer.json()).items;
      this.areHere = true;
    } catch {
      // Without a network: later.
    }
  }

  async byCode(code) {
    const hash = await hashed(code);
    const name = code.length === this.letters ? "typed_hash" : "code_hash";
    return this.people.find((one) => one[name] === hash) ?? null;
  }

  byPerson(person) {
    return this.people.find((one) => one.person === person) ?? null;
  }

  byName(words) {
    return this.people.filter((one) => called(one).includes(words)).slice(0, 20);
  }
}

export function called(guest) {
  const name = guest.name || says("没有登记姓名");
  return guest.companion ? says("{1}的{2}", name, guest.companion) : name;
}

// As the service hashes codes.
async function hashed(code) {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(code));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
