// One answer of the contract as DOM. Only textContent, and addresses that safeUrl lets through.
import { button, el, list } from "./dom.js";
import * as WORDS from "./texts.js";
import { linked, safeUrl } from "./urls.js";
import { asOf, many, sourceDates, understood } from "./words.js";

/** For screen readers only: what the eye sees from where it stands. */
const aside = (text) => (text ? el("span", { className: "sr", textContent: text }) : "");

/** A link when the address is allowed, else its text; `about` is told to screen readers. */
export function link(text, url, base, about = "") {
  const href = safeUrl(url, base);
  if (!href) return el("span", { textContent: text });
  const away = href.startsWith("http");
  return el("a", { href, ...(away && { target: "_blank", rel: "noreferrer" }) },
    text, aside(about + (away ? WORDS.newWindow : "")));
}

/** Text in which an address is a link. */
const prose = (name, text, base) => el(name, {}, ...linked(text, base).map((piece) =>
  piece.href ? link(piece.text, piece.href, base) : piece.text));

const choices = (buttons, press) => list("choices", buttons.map((choice) =>
  button(choice.label || choice.title, () => press(choice))), { "aria-label": WORDS.choices });

function card(item, base, press) {
  const box = el("div", { className: "card" }, el("h4", { textContent: item.title }),
    ...[item.subtitle, ...many(item.lines)].filter(Boolean)
      .map((line) => el("p", { textContent: line })));
  const about = ` ${item.title}`;
  const acts = el("div", { className: "acts" },
    item.phone && link(WORDS.call + item.phone, `tel:${String(item.phone).replace(/[^+\d]/g, "")}`, base, about),
    item.url && link(WORDS.more, item.url, base, about));
  if (item.payload) {
    const look = button(WORDS.look, () => press({ title: WORDS.look + about, payload: item.payload }));
    look.append(aside(about));
    acts.append(look);
  }
  box.append(acts);
  return box;
}

const source = (item, base) => el("span", {}, WORDS.source,
  item.url ? link(item.title, item.url, base) : item.title, sourceDates(item));

/** Only a picture of the bot itself is fetched: no one else learns who looks. */
function picture({ url, alt }, base) {
  const src = safeUrl(url, base);
  return src && new URL(src).origin === new URL(base).origin
    ? el("img", { src, alt, loading: "lazy", decoding: "async", referrerPolicy: "no-referrer" })
    : el("p", { textContent: alt });
}

function search(answer) {
  const said = understood(answer.understood);
  const wider = many(answer.widened);
  if (wider.length) said.push(WORDS.also + wider.join(", "));
  return said.length ? el("details", {}, el("summary", { textContent: WORDS.understood }),
    list("", said)) : "";
}

/** The parts of an answer in the order of the contract. `press` gets a choice, `locate` nothing. */
export function renderAnswer(answer, { base, press, locate }) {
  const { title, text, image, map, as_of: fresh } = answer;
  const cards = many(answer.cards);
  const bullets = many(answer.bullets);
  const buttons = many(answer.buttons);
  const sources = many(answer.sources);
  const words = el("div", answer.lang ? { lang: answer.lang, dir: "auto" } : {},
    title ? el("h3", { textContent: title }) : "",
    ...String(text ?? "").split(/\n{2,}/).map((part) => prose("p", part, base)),
    bullets.length ? list("bullets", bullets.map((bullet) => prose("span", bullet, base))) : "");
  return [
    words,
    cards.length ? list("", cards.map((item) => card(item, base, press)),
      { "aria-label": WORDS.results }) : "",
    image ? picture(image, base) : "",
    map ? el("p", {}, link(map.title, map.url, base)) : "",
    search(answer),
    fresh ? el("p", { className: "note", textContent: asOf(fresh) }) : "",
    sources.length ? list("note", sources.map((item) => source(item, base))) : "",
    buttons.length ? choices(buttons, press) : "",
    answer.ask_location && locate
      ? el("p", {}, button(WORDS.locate, locate), " ", el("span", { className: "note", textContent: WORDS.locateHint }))
      : "",
  ].filter(Boolean);
}
