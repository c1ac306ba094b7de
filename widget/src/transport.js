// The calls of docs/web.md.
import * as WORDS from "./texts.js";

const TIMEOUT = 20000;

/** What went wrong, in words for the person. */
export class Failure extends Error {}

/** Calls to the channel at `base`; each rejects with a Failure. `fetch` is the browser's. */
export function transport(base, fetch) {
  const call = async (path, body, signal) => {
    const both = new AbortController();
    const stop = () => both.abort();
    const timer = setTimeout(stop, TIMEOUT);
    signal?.addEventListener("abort", stop);
    try {
      const response = await fetch(`${base}/${path}`, {
        ...(body && {
          method: "POST", body: new Blob([JSON.stringify(body)], { type: "application/json" }),
        }),
        credentials: "omit", referrerPolicy: "no-referrer", cache: "no-store", signal: both.signal,
      }).catch(() => { throw new Failure(WORDS.unreachable); });
      if (response.status === 204) return null;
      const data = await response.json().catch(() => null);
      if (response.ok && data) return data;
      throw new Failure(typeof data?.detail === "string" ? data.detail : WORDS.wrong);
    } finally {
      clearTimeout(timer);
    }
  };
  return {
    notice: () => call("notice"),
    /** The answers, at least one; `signal` stops waiting for them. */
    async message(sender, message, signal) {
      const { messages } = await call("message", { sender, ...message }, signal);
      if (!Array.isArray(messages) || !messages.length) throw new Failure(WORDS.wrong);
      return messages;
    },
    feedback: (sender, verdict) => call("feedback", { sender, ...verdict }),
    erase: (sender) => call("erase", { sender }),
  };
}
