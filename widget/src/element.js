// <duaal-chat>: the talk between person and bot, on top of the modules beside this one.
import { button, el } from "./dom.js";
import { feedback } from "./feedback.js";
import { buildPanel } from "./panel.js";
import { link, renderAnswer } from "./render.js";
import { speaker } from "./speech.js";
import { Talk, uuid } from "./state.js";
import STYLE from "./style.css";
import * as WORDS from "./texts.js";
import { theme } from "./theme.js";
import { spoken, transcript } from "./transcript.js";
import { transport } from "./transport.js";
import { channel, safeUrl } from "./urls.js";
import { MAX_TEXT, tooLong } from "./words.js";

const SMALL = "(max-width: 40rem), (max-height: 26rem)";
const TYPING_AFTER = 300;

/** In the page itself where a page has the tag; as a button with a panel from the script tag. */
export class DuaalChat extends HTMLElement {
  #talk;
  #api;
  #era;
  #turn;
  #opening;
  #begun;
  #erasing;
  #base;
  #privacy;
  #frame;
  #small;
  #voice;

  connectedCallback() {
    if (this.shadowRoot) return;
    const { endpoint, privacy, school, launcher } = this.dataset;
    this.#base = channel(endpoint, location.href);
    this.#privacy = privacy && safeUrl(privacy, location.href);
    this.#api = transport(this.#base, (...call) => fetch(...call));
    this.#talk = new Talk(() => sessionStorage, Date.now,
      () => uuid((bytes) => crypto.getRandomValues(bytes)));
    this.#era = new AbortController();
    this.#build(school, launcher === undefined);
    if (!this.launcher || (this.#talk.open && !this.#small.matches)) this.#open(false);
    else this.#finishErasing();
  }

  #build(school, inline) {
    this.lang = "nl-BE";
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    const root = this.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [sheet];
    this.#small = matchMedia(SMALL);
    Object.assign(this, buildPanel({ school, inline, on: {
      open: () => this.#open(true), close: () => this.panel.close(), save: () => this.#save(),
      erase: () => this.#askErase(), submit: () => this.#submit() } }));
    this.#frame = el("div", { className: "frame" }, this.launcher, this.panel);
    root.append(this.#frame);
    this.#colours();
    if (!inline) this.#behave();
    addEventListener("offline", () => this.#tell(WORDS.offline));
    addEventListener("online", () => {
      this.#tell(WORDS.online);
      this.#finishErasing();
    });
    this.#voice = speaker(window.speechSynthesis, window.SpeechSynthesisUtterance,
      () => this.#frame.classList.add("voiced"));
  }

  #colours() {
    const style = getComputedStyle(this.#frame);
    const { bar, onBar, ink } = theme(style.backgroundColor, style.color);
    this.#frame.style.cssText = `--bar:${bar};--on-bar:${onBar};--ink:${ink}`;
    this.#frame.classList.add("ready");
  }

  #behave() {
    this.panel.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !event.isComposing) {
        event.preventDefault();
        this.panel.close();
      }
    });
    this.panel.addEventListener("close", () => {
      if (this.panel.open) return; // closed and opened again for another size
      this.launcher.hidden = false;
      this.#talk.setOpen(false);
      this.#voice?.stop();
      this.launcher.focus();
    });
    this.#small.addEventListener("change", () => {
      if (!this.panel.open) return;
      const focused = this.shadowRoot.activeElement;
      this.panel.close();
      this.#show();
      focused?.focus();
    });
  }

  #show() {
    const small = this.#small.matches;
    this.panel.classList.toggle("full", small);
    if (small) this.panel.showModal();
    else this.panel.open = true; // unlike show(), this leaves the focus where it is
  }

  /** `asked`: the person wants it now, so the focus goes along. */
  #open(asked) {
    if (this.launcher) {
      this.launcher.hidden = true;
      this.#show();
      this.#talk.setOpen(true);
      // On a phone the keyboard would hide the notice.
      if (asked) (this.#small.matches ? this.heading : this.input).focus();
    }
    if (this.#begun) return;
    this.#begun = true;
    if (this.#talk.items.length) this.#restore();
    else this.#welcome();
    this.#finishErasing();
  }

  #restore() {
    this.log.ariaLive = "off"; // what was said before is not news
    for (const item of this.#talk.items) item.answer ? this.#answer(item.answer) : this.#mine(item.me);
    this.#scroller().scrollTop = 1e6;
    const waiting = this.#talk.unanswered();
    setTimeout(() => {
      this.log.ariaLive = "polite";
      if (waiting.length) {
        this.#problem(WORDS.unanswered + waiting.map(({ me }) => `“${me}”`).join(", "),
          () => waiting.forEach((item) => this.#ask(item.message, item)));
      }
    }, 100);
  }

  #welcome() {
    this.#greet().catch((failure) => this.#problem(failure.message, () => this.#welcome()));
  }

  /** The notice comes once, before everything; `opening` is the one request for it. */
  async #greet() {
    if (this.#talk.begun) return;
    this.#opening ||= this.#api.notice();
    try {
      const notice = await this.#opening;
      if (this.#talk.begun) return;
      this.#talk.begin(notice);
      this.log.prepend(this.#answer(notice));
    } catch (failure) {
      this.#opening = null;
      throw failure;
    }
  }

  #tell(text) {
    this.status.textContent = text;
  }

  #submit() {
    const text = this.input.value.trim();
    if (!text) return;
    const { length } = text;
    this.warning.textContent = length > MAX_TEXT ? tooLong(length) : "";
    if (length > MAX_TEXT) return;
    this.input.value = "";
    this.input.focus();
    this.say(text, { text });
  }

  #press({ title, label, payload }) {
    this.say(label || title, { payload });
  }

  /** `message` is kept for after a reload, but never a position. */
  say(me, message, kept = message) {
    const item = { me, message: kept };
    this.#talk.sender();
    this.#talk.add(item);
    this.#toTop(this.#mine(me));
    return this.#ask(message, item);
  }

  /** One at a time and in order, however fast one types. */
  #ask(message, item) {
    const { signal } = this.#era;
    this.#turn = (this.#turn || Promise.resolve()).then(() => this.#turnNow(message, item, signal));
    return this.#turn;
  }

  async #turnNow(message, item, signal) {
    if (signal.aborted) return;
    const typing = setTimeout(() => this.#tell(WORDS.typing), TYPING_AFTER);
    try {
      await this.#greet();
      if (signal.aborted) return;
      const answers = await this.#api.message(this.#talk.id, message, signal);
      if (signal.aborted) return;
      this.#talk.answered(item);
      this.#toTop(this.#receive(answers)[0]);
    } catch (failure) {
      if (!signal.aborted) this.#problem(failure.message, () => this.#ask(message, item));
    } finally {
      clearTimeout(typing);
      this.#tell("");
    }
  }

  #receive(answers) {
    if (answers.some(({ kind, title }) => kind === "privacy" && title === WORDS.erasedTitle)) {
      this.#talk.forget();
      this.#newEra();
    } else answers.forEach((answer) => this.#talk.add({ answer }));
    return answers.map((answer) => this.#answer(answer));
  }

  #locate() {
    const { signal } = this.#era;
    navigator.geolocation.getCurrentPosition(({ coords }) => {
      const [lat, lon] = [coords.latitude, coords.longitude].map((degrees) => +degrees.toFixed(2));
      if (!signal.aborted) this.say(WORDS.located, { location: { lat, lon } }, null);
    }, () => this.#problem(WORDS.notLocated), { timeout: 10000, maximumAge: 600000 });
  }

  #save() {
    const href = URL.createObjectURL(
      new Blob([`\ufeff${transcript(this.#talk.items)}\n`], { type: "text/plain" }));
    el("a", { href, download: WORDS.file }).click();
    setTimeout(() => URL.revokeObjectURL(href), 1000);
    this.#tell(WORDS.saved);
  }

  #askErase() {
    this.#aboutErasing(WORDS.sure, { [WORDS.yes]: () => this.#erase(), [WORDS.no]() {} });
    this.#erasing.querySelector("button:last-of-type").focus();
  }

  /** One box for the question and for what came of it. */
  #aboutErasing(text, choices) {
    this.#erasing?.remove();
    this.#erasing = this.#alert(text, choices);
  }

  /** Nothing of before is shown, asked or answered any more. */
  #newEra() {
    this.#era.abort();
    this.#era = new AbortController();
    this.#voice?.stop();
    this.#leave(this.log);
    this.log.replaceChildren();
  }

  async #erase() {
    this.#talk.retire();
    this.#newEra();
    this.#welcome();
    await this.#turn;
    this.#eraseAtBot();
  }

  #finishErasing() {
    if (this.#talk.erasing.length) this.#eraseAtBot();
  }

  /** What does not succeed is tried again with the connection, and on the next page. */
  async #eraseAtBot() {
    try {
      for (const id of this.#talk.erasing) {
        await this.#api.erase(id);
        this.#talk.erased(id);
      }
      this.#leave(this.#erasing);
      this.#erasing?.remove();
      this.#tell(WORDS.erased);
    } catch {
      if (this.#begun) this.#aboutErasing(WORDS.notErased, { [WORDS.retry]: () => this.#eraseAtBot() });
    }
  }

  async #report(verdict) {
    try {
      await this.#api.feedback(this.#talk.id, verdict);
      return true;
    } catch (failure) {
      this.#problem(failure.message);
      return false;
    }
  }

  #mine(text) {
    return this.#put("me", WORDS.me, el("p", { textContent: text }));
  }

  #answer(answer) {
    const node = this.#put(answer.kind === "safety" ? "bot safety" : "bot", WORDS.bot,
      ...renderAnswer(answer, { base: this.#base, press: (choice) => this.#press(choice),
        locate: navigator.geolocation && isSecureContext && (() => this.#locate()) }));
    if (answer.kind === "notice" && this.#privacy
        && ![...node.querySelectorAll("a")].some(({ href }) => href === this.#privacy)) {
      node.append(el("p", {}, link(WORDS.privacy, this.#privacy, this.#privacy)));
    }
    const tools = el("div", { className: "below" });
    if (this.#voice && /^nl|^$/.test(answer.lang || "")) tools.append(this.#reader(answer));
    tools.append(feedback(answer, (verdict) => this.#report(verdict)) || "");
    node.append(tools);
    return node;
  }

  #reader(answer) {
    const node = button(WORDS.speak, () => {
      if (node.textContent === WORDS.stop) return this.#voice.stop();
      this.#voice.say(spoken(answer), () => { node.textContent = WORDS.speak; });
      node.textContent = WORDS.stop;
    }, { className: "speak" });
    return node;
  }

  /** Where the focus goes when its button leaves; on a phone without opening the keyboard. */
  #rest() {
    (this.#small.matches ? this.log : this.input).focus();
  }

  /** Before `node` goes: the focus within it stays in the panel. */
  #leave(node) {
    if (node?.contains(this.shadowRoot.activeElement)) this.#rest();
  }

  #problem(text, retry) {
    this.#alert(text, retry && { [WORDS.retry]: retry });
  }

  /** A message that asks for attention, with what can be done by name; each choice takes it away. */
  #alert(text, choices = {}) {
    const box = el("div", { className: "msg problem", role: "alert" }, el("p", { textContent: text }),
      ...Object.entries(choices).flatMap(([name, act]) =>
        [button(name, () => { this.#rest(); box.remove(); act(); }), " "]));
    this.log.append(box);
    this.#toTop(box);
    return box;
  }

  #put(className, who, ...parts) {
    const node = el("div", { className: `msg ${className}` },
      el("span", { className: "sr", textContent: who }), ...parts);
    this.log.append(node);
    return node;
  }

  /** What scrolls: the log, or on a very low screen the whole panel. */
  #scroller() {
    return this.log.scrollHeight > this.log.clientHeight ? this.log : this.panel;
  }

  /** A long answer is read from its beginning. */
  #toTop(node) {
    const scroller = this.#scroller();
    scroller.scrollTop += node.getBoundingClientRect().top
      - scroller.getBoundingClientRect().top - 8;
  }
}
