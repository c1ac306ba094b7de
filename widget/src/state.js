// The talk, kept in sessionStorage only: gone with the tab, because school computers are shared.
import { many } from "./words.js";

const KEY = "duaal-chat";
export const MAX_AGE = 24 * 3600 * 1000;

/** A random UUID version 4, also on a page without https, where crypto.randomUUID is missing. */
export const uuid = (random) => "10000000-1000-4000-8000-100000000000".replace(/[018]/g, (digit) =>
  (digit ^ (random(new Uint8Array(1))[0] & (15 >> (digit / 4)))).toString(16));

/**
 * One conversation: `items` are `{me, message}` and `{answer}` in order; `message` is there as long as
 * it has no answer. `erasing` are ids that the bot still has to erase.
 */
export class Talk {
  #storage;
  #now;
  #makeId;
  id = null;
  open = false;
  items = [];
  erasing = [];

  /** `storage` is like sessionStorage and may fail; `now` gives milliseconds; `makeId` an id. */
  constructor(storage, now, makeId) {
    this.#storage = storage;
    this.#now = now;
    this.#makeId = makeId;
    const kept = this.#read();
    // The bot forgets after a day; so do we, and the opening notice is told again.
    if (kept && now() - kept.at < MAX_AGE && Array.isArray(kept.items)) {
      this.id = kept.id;
      this.open = kept.open;
      this.items = kept.items;
      this.erasing = many(kept.erasing);
    }
  }

  #read() {
    try {
      return JSON.parse(this.#storage().getItem(KEY));
    } catch {
      return null;
    }
  }

  /** The sender's id, made at the first message only. */
  sender() {
    if (!this.id) {
      this.id = this.#makeId();
      this.#save();
    }
    return this.id;
  }

  add(item) {
    this.items.push(item);
    this.#save();
  }

  /** The opening notice goes before everything. */
  begin(notice) {
    this.items.unshift({ answer: notice });
    this.#save();
  }

  get begun() {
    return this.items[0]?.answer;
  }

  answered(item) {
    item.message = null;
    this.#save();
  }

  setOpen(open) {
    this.open = open;
    this.#save();
  }

  /** What got no answer, also when the page went away before it came. */
  unanswered() {
    return this.items.filter(({ message }) => message);
  }

  /** After the bot has erased: a next message is a new conversation. */
  forget() {
    this.id = null;
    this.items = [];
    this.#save();
  }

  /** Erased here; the bot still has to. */
  retire() {
    if (this.id) this.erasing.push(this.id);
    this.forget();
  }

  erased(id) {
    this.erasing = this.erasing.filter((other) => other !== id);
    this.#save();
  }

  /** Nothing is left on the device of who said nothing. */
  #save() {
    const { id, open, items, erasing } = this;
    try {
      if (id || erasing[0]) {
        this.#storage().setItem(KEY, JSON.stringify({ id, open, items, erasing, at: this.#now() }));
      } else this.#storage().removeItem(KEY);
    } catch {
      // Full or forbidden: the talk goes on, and is only not kept on the next page.
    }
  }
}
