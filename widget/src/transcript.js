// The talk as plain text, to keep or to print.
import * as WORDS from "./texts.js";
import { asOf, many, sourceDates, understood } from "./words.js";

const about = (card) =>
  [card.subtitle, ...many(card.lines), card.phone && WORDS.call + card.phone];

const lines = (answer) => [
  answer.title, answer.text,
  ...many(answer.bullets).map((bullet) => `- ${bullet}`),
  ...many(answer.cards).flatMap((card) =>
    [`* ${card.title}`, ...[...about(card), card.url].filter(Boolean).map((line) => `  ${line}`)]),
  answer.image && `[${answer.image.alt}]`,
  answer.map && `${answer.map.title}: ${answer.map.url}`,
  ...understood(answer.understood),
  many(answer.widened).length && `${WORDS.also}${answer.widened.join(", ")}`,
  answer.as_of && asOf(answer.as_of),
  ...many(answer.sources).map((source) =>
    `${WORDS.source}${source.title}${sourceDates(source)}${source.url ? ` ${source.url}` : ""}`),
  ...many(answer.buttons).map((choice) => `[${choice.label || choice.title}]`),
].filter(Boolean);

/** Everything said, with who said it. */
export const transcript = (items) => items.map((item) =>
  item.answer ? `${WORDS.name}:\n${lines(item.answer).join("\n")}` : `Jij:\n${item.me}`)
  .join("\n\n");

/** What is read aloud of an answer: what it says, without addresses and sources. */
export const spoken = (answer) => [
  answer.title, ...String(answer.text).split(/\n+/), ...many(answer.bullets),
  ...many(answer.cards).flatMap((card) => [card.title, ...about(card)]),
].filter(Boolean);
