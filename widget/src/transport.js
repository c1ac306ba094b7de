// The calls of docs/web.md.
import { WORDS } from "./words.js";

const TIMEOUT = 20000;

/** What went wrong, in words for the person. */
export class Failure extends Error {}

/** Calls to the channel at `base`; each rejects with a Failure. `fetch` is the browser's. */
export function transport(base, fetch) {
  const call = async (path, body) => {
    const response = await fetch(`${base}/${path}`, {
      ...(body && {
        method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body),
      }),
      credentials: "omit", referrerPolicy: "no-referrer", cache: "no-store",
      signal: AbortSignal.timeout(TIMEOUT),
    }).catch(() => { throw new Failure(WORDS.unreachable); });
    if (response.status === 204) return null;
    const data = await response.json().catch(() => null);
    if (response.ok && data) return data;
    throw new Failure((data && typeof data.detail === "string" && data.detail) || WORDS.wrong);
  };
  return {
    notice: () => call("notice"),
    /** The answers, at least one. */
    async message(sender, message) {
      const { messages } = await call("message", { sender, ...message });
      if (!Array.isArray(messages) || !messages.length) throw new Failure(WORDS.wrong);
      return messages;
    },
    feedback: (sender, verdict) => call("feedback", { sender, ...verdict }),
    erase: (sender) => call("erase", { sender }),
  };
}
