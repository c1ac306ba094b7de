// The talk, kept in sessionStorage only: gone with the tab, because school computers are shared.

const KEY = "duaal-chat";
export const MAX_AGE = 24 * 3600 * 1000;

/** A random UUID version 4, also on a page without https, where crypto.randomUUID is missing. */
export function uuid(random) {
  const b = random(new Uint8Array(16));
  b[6] = (b[6] & 15) | 64;
  b[8] = (b[8] & 63) | 128;
  const h = [...b].map((x) => x.toString(16).padStart(2, "0")).join("");
  return [h.slice(0, 8), h.slice(8, 12), h.slice(12, 16), h.slice(16, 20), h.slice(20)].join("-");
}

/** One conversation: `items` are `{me, message}` and `{answer}` in order. */
export class Talk {
  /** `storage` is like sessionStorage and may fail; `now` gives milliseconds; `makeId` an id. */
  constructor(storage, now, makeId) {
    Object.assign(this, { storage, now, makeId, id: null, open: false, items: [] });
    const kept = this.read();
    // The bot forgets after a day; so do we, and the opening notice is told again.
    if (kept && now() - kept.at < MAX_AGE && Array.isArray(kept.items)) {
      this.id = kept.id;
      this.open = kept.open;
      this.items = kept.items;
    }
  }

  read() {
    try {
      return JSON.parse(this.storage().getItem(KEY));
    } catch {
      return null;
    }
  }

  /** The sender's id, made at the first message only. */
  sender() {
    if (!this.id) {
      this.id = this.makeId();
      this.save();
    }
    return this.id;
  }

  add(item) {
    this.items.push(item);
    this.save();
  }

  setOpen(open) {
    this.open = open;
    this.save();
  }

  /** The last message when the page went away before its answer came; null otherwise. */
  unanswered() {
    const last = this.items[this.items.length - 1];
    return (last && last.message) || null;
  }

  clear() {
    this.items = [];
    this.save();
  }

  /** After the bot has erased: a next message is a new conversation. */
  forget() {
    this.id = null;
    this.clear();
  }

  save() {
    const { id, open, items } = this;
    try {
      this.storage().setItem(KEY, JSON.stringify({ id, open, items, at: this.now() }));
    } catch {
      // Full or forbidden: the talk goes on, and is only not kept on the next page.
    }
  }
}
