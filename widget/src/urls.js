// Which addresses a link or a picture may have.

const SCHEMES = ["https:", "http:", "tel:", "mailto:"];

/** The absolute address, or null when its scheme is none of https, http, tel and mailto. */
export function safeUrl(url, base) {
  try {
    const { href, protocol, username, password } = new URL(url, base);
    return typeof url === "string" && SCHEMES.includes(protocol) && !username && !password ? href : null;
  } catch {
    return null;
  }
}

/** Text in pieces `{text, href}`: addresses within it, and paths on the bot's own site, are links. */
export function linked(text, base) {
  return String(text).split(/(https?:\/\/[^\s<>"]*[^\s<>".,;:!?)]|(?<=\s)\/[a-z][\w/-]*)/).map((piece, index) =>
    ({ text: piece, href: index % 2 ? safeUrl(piece, base) : null })).filter(({ text }) => text);
}

/** The address of the web channel, without the last slash; a school may also give `…/message`. */
export const channel = (endpoint, base) =>
  new URL(endpoint || "/webhooks/web", base).href.replace(/(\/message)?\/*$/, "");
