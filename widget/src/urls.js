// Which addresses a link or a picture may have.

const OUTWARD = ["https:", "tel:", "mailto:"];

const parse = (url, base) => {
  try {
    return new URL(url, base);
  } catch {
    return null;
  }
};

/** The absolute address, or null when it is none of https, tel, mailto or the origin of `base`. */
export function safeUrl(url, base) {
  const parsed = typeof url === "string" ? parse(url, base) : null;
  if (!parsed || parsed.username || parsed.password) return null;
  const own = /^https?:$/.test(parsed.protocol) && parsed.origin === new URL(base).origin;
  return own || OUTWARD.includes(parsed.protocol) ? parsed.href : null;
}

/** Text in pieces `{text, href}`: addresses within it, and paths on the bot's own site, are links. */
export function linked(text, base) {
  return text.split(/(https:\/\/[^\s<>"]*[^\s<>".,;:!?)]|(?<=\s)\/[a-z][\w/-]*)/).map((piece, index) =>
    ({ text: piece, href: index % 2 ? safeUrl(piece, base) : null })).filter(({ text }) => text);
}

/** The address of the web channel, without the last slash; a school may also give `…/message`. */
export const channel = (endpoint, base) =>
  new URL(endpoint || "/webhooks/web", base).href.replace(/(\/message)?\/*$/, "");
