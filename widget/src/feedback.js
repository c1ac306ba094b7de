// "Klopt niet?" below an answer.
import { button, el } from "./dom.js";
import * as WORDS from "./texts.js";
import { many } from "./words.js";

const WITHOUT = ["notice", "smalltalk", "question", "choice", "privacy"];

/** What a verdict on this answer can be about: `[{value, title}]`; none for small talk. */
export function subjects(answer) {
  if (answer.topic) return [{ topic: answer.topic }];
  if (WITHOUT.includes(answer.kind)) return [];
  const cards = many(answer.cards).map(({ id, title }) => ({ card: id, title }));
  return cards.length ? cards : [{ card: `soort:${answer.kind}` }];
}

/** The disclosure with the form, or null; `send` gets the verdict and resolves when it is kept. */
export function feedback(answer, send) {
  const about = subjects(answer);
  if (!about.length) return null;
  const which = about.length > 1 && el("select", {},
    ...about.map(({ title }, value) => el("option", { value, textContent: title })));
  const remark = el("textarea", { rows: 2, maxLength: 300 });
  const details = el("details", { className: "report" },
    el("summary", { textContent: WORDS.wrongAnswer }));
  let sending; // a second tap gives no second verdict, and a disabled button would lose the focus
  const give = (verdict) => async () => {
    if (sending) return;
    const { title, ...subject } = about[which ? which.value : 0];
    sending = true;
    sending = await send({ ...subject, verdict, text: remark.value.trim() });
    if (!sending) return;
    const thanks = el("p", { className: "note", textContent: WORDS.thanks, tabIndex: -1 });
    details.replaceWith(thanks);
    thanks.focus();
  };
  details.append(
    which ? el("label", {}, WORDS.about, which) : "", el("label", {}, WORDS.remark, remark),
    button(WORDS.isWrong, give("fout")), " ", button(WORDS.isUnclear, give("onduidelijk")));
  return details;
}
