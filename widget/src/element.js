// <duaal-chat>: the talk between person and bot, on top of the modules beside this one.
import { button, el } from "./dom.js";
import { feedback } from "./feedback.js";
import { buildPanel } from "./panel.js";
import { link, renderAnswer } from "./render.js";
import { speaker } from "./speech.js";
import { Talk, uuid } from "./state.js";
import STYLE from "./style.css";
import { theme } from "./theme.js";
import { spoken, transcript } from "./transcript.js";
import { transport } from "./transport.js";
import { channel, safeUrl } from "./urls.js";
import { MAX_TEXT, WORDS, tooLong } from "./words.js";

const SMALL = "(max-width: 40rem), (max-height: 26rem)";
const TYPING_AFTER = 300;

/** In the page itself where a page has the tag; as a button with a panel from the script tag. */
export class DuaalChat extends HTMLElement {
  connectedCallback() {
    if (this.shadowRoot) return;
    const { endpoint, privacy, school, launcher } = this.dataset;
    this.base = channel(endpoint, location.href);
    this.privacy = privacy && safeUrl(privacy, location.href);
    this.api = transport(this.base, (...call) => fetch(...call));
    this.talk = new Talk(() => sessionStorage, Date.now,
      () => uuid((bytes) => crypto.getRandomValues(bytes)));
    this.inline = launcher === undefined;
    this.build(school);
    if (this.inline || (this.talk.open && !this.small.matches)) this.open(false);
  }

  build(school) {
    this.lang = "nl-BE";
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    const root = this.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [sheet];
    this.small = matchMedia(SMALL);
    Object.assign(this, buildPanel({ school, inline: this.inline, on: {
      open: () => this.open(true), close: () => this.panel.close(), save: () => this.save(),
      erase: () => this.askErase(), submit: () => this.submit() } }));
    this.frame = el("div", { className: "frame" }, this.launcher, this.panel);
    root.append(this.frame);
    this.colours();
    if (!this.inline) this.behave();
    addEventListener("offline", () => this.tell(WORDS.offline));
    addEventListener("online", () => this.tell(WORDS.online));
    this.voice = speaker(window.speechSynthesis, window.SpeechSynthesisUtterance,
      () => this.frame.classList.add("voiced"));
  }

  colours() {
    const style = getComputedStyle(this.frame);
    const { bar, onBar, ink } = theme(style.backgroundColor, style.color);
    for (const [name, value] of Object.entries({ "--bar": bar, "--on-bar": onBar, "--ink": ink })) {
      this.frame.style.setProperty(name, value);
    }
    this.frame.classList.add("ready");
  }

  behave() {
    this.panel.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !event.isComposing) {
        event.preventDefault();
        this.panel.close();
      }
    });
    this.panel.addEventListener("close", () => {
      if (this.panel.open) return; // closed and opened again for another size
      this.launcher.hidden = false;
      this.talk.setOpen(false);
      this.voice?.stop();
      this.launcher.focus();
    });
    this.small.addEventListener("change", () => {
      if (!this.panel.open) return;
      const focused = this.shadowRoot.activeElement;
      this.panel.close();
      this.show();
      focused?.focus();
    });
  }

  show() {
    const small = this.small.matches;
    this.panel.classList.toggle("full", small);
    if (small) this.panel.showModal();
    else this.panel.open = true; // unlike show(), this leaves the focus where it is
  }

  /** `asked`: the person wants it now, so the focus goes along. */
  open(asked) {
    if (!this.inline) {
      this.launcher.hidden = true;
      this.show();
      this.talk.setOpen(true);
      // On a phone the keyboard would hide the notice.
      if (asked) (this.small.matches ? this.heading : this.input).focus();
    }
    if (!this.log.firstChild) this.begin();
  }

  begin() {
    if (!this.talk.items.length) return this.notice();
    this.log.ariaLive = "off"; // what was said before is not news
    for (const item of this.talk.items) item.answer ? this.answer(item.answer) : this.mine(item.me);
    this.scroller().scrollTop = 1e6;
    const message = this.talk.unanswered();
    setTimeout(() => {
      this.log.ariaLive = "polite";
      if (message) this.problem(WORDS.unanswered, () => this.ask(message));
    }, 100);
  }

  async notice() {
    try {
      this.receive(await this.api.notice());
    } catch (failure) {
      this.problem(failure.message, () => this.notice());
    }
  }

  tell(text) {
    this.status.textContent = text;
  }

  submit() {
    const text = this.input.value.trim();
    if (!text) return;
    if (text.length > MAX_TEXT) {
      this.tell(tooLong(text.length));
      return;
    }
    this.input.value = "";
    this.input.focus();
    this.say(text, { text });
  }

  press({ title, label, payload }) {
    this.say(label || title, { payload });
  }

  /** `message` is kept for after a reload, but never a position. */
  say(me, message, kept = message) {
    this.talk.add({ me, message: kept });
    this.toTop(this.mine(me));
    return this.ask(message);
  }

  /** One at a time and in order, however fast one types. */
  ask(message) {
    this.turn = (this.turn || Promise.resolve()).then(() => this.turnNow(message));
    return this.turn;
  }

  async turnNow(message) {
    const typing = setTimeout(() => this.tell(WORDS.typing), TYPING_AFTER);
    try {
      const answers = await this.api.message(this.talk.sender(), message);
      const erased = answers.find(({ kind, title }) => kind === "privacy" && title === WORDS.erasedTitle);
      if (erased) this.wipe();
      const nodes = answers.map((answer) => this.receive(answer, !erased));
      this.toTop(nodes[0]);
    } catch (failure) {
      this.problem(failure.message, () => this.ask(message));
    } finally {
      clearTimeout(typing);
      this.tell("");
    }
  }

  receive(answer, keep = true) {
    if (keep) this.talk.add({ answer });
    return this.answer(answer);
  }

  locate() {
    navigator.geolocation.getCurrentPosition(({ coords }) => {
      const [lat, lon] = [coords.latitude, coords.longitude].map((degrees) => +degrees.toFixed(2));
      this.say(WORDS.located, { location: { lat, lon } }, null);
    }, () => this.problem(WORDS.notLocated), { timeout: 10000, maximumAge: 600000 });
  }

  save() {
    const href = URL.createObjectURL(
      new Blob([`\ufeff${transcript(this.talk.items)}\n`], { type: "text/plain" }));
    el("a", { href, download: WORDS.file }).click();
    setTimeout(() => URL.revokeObjectURL(href), 1000);
    this.tell(WORDS.saved);
  }

  askErase() {
    const box = this.alert(WORDS.sure, [
      [WORDS.yes, () => this.erase()], [WORDS.no, () => {}]]);
    box.querySelector("button").focus();
  }

  wipe() {
    this.voice?.stop();
    this.talk.forget();
    this.log.replaceChildren();
  }

  async erase() {
    const { id } = this.talk;
    this.voice?.stop();
    this.talk.clear();
    this.log.replaceChildren();
    try {
      if (id) await this.api.erase(id);
      this.talk.forget();
      await this.notice();
      this.tell(WORDS.erased);
    } catch {
      this.problem(WORDS.notErased, () => this.erase());
    }
  }

  async report(verdict) {
    try {
      await this.api.feedback(this.talk.sender(), verdict);
      return true;
    } catch (failure) {
      this.problem(failure.message);
      return false;
    }
  }

  mine(text) {
    return this.put("me", WORDS.me, el("p", { textContent: text }));
  }

  answer(answer) {
    const node = this.put(answer.kind === "safety" ? "bot safety" : "bot", WORDS.bot,
      ...renderAnswer(answer, { base: this.base, press: (choice) => this.press(choice),
        locate: navigator.geolocation && isSecureContext && (() => this.locate()) }));
    if (answer.kind === "notice" && this.privacy
        && ![...node.querySelectorAll("a")].some(({ href }) => href === this.privacy)) {
      node.append(el("p", {}, link(WORDS.privacy, this.privacy, this.privacy)));
    }
    const tools = el("div", { className: "below" });
    if (this.voice && /^nl|^$/.test(answer.lang || "")) tools.append(this.reader(answer));
    tools.append(feedback(answer, (verdict) => this.report(verdict)) || "");
    node.append(tools);
    return node;
  }

  reader(answer) {
    const node = button(WORDS.speak, () => {
      if (node.textContent === WORDS.stop) return this.voice.stop();
      this.voice.say(spoken(answer), () => { node.textContent = WORDS.speak; });
      node.textContent = WORDS.stop;
    }, { className: "speak" });
    return node;
  }

  /** Where the focus goes when its button leaves; on a phone without opening the keyboard. */
  rest() {
    (this.small.matches ? this.log : this.input).focus();
  }

  problem(text, retry) {
    return this.alert(text, retry ? [[WORDS.retry, retry]] : []);
  }

  /** A message that asks for attention; each choice takes it away. */
  alert(text, options) {
    const box = el("div", { className: "msg problem", role: "alert" }, el("p", { textContent: text }),
      ...options.flatMap(([name, act]) =>
        [button(name, () => { this.rest(); box.remove(); act(); }), " "]));
    this.log.append(box);
    this.toTop(box);
    return box;
  }

  put(className, who, ...parts) {
    const node = el("div", { className: `msg ${className}` },
      el("span", { className: "sr", textContent: who }), ...parts);
    this.log.append(node);
    return node;
  }

  /** What scrolls: the log, or on a very low screen the whole panel. */
  scroller() {
    return this.log.scrollHeight > this.log.clientHeight ? this.log : this.panel;
  }

  /** A long answer is read from its beginning. */
  toTop(node) {
    const scroller = this.scroller();
    scroller.scrollTop += node.getBoundingClientRect().top
      - scroller.getBoundingClientRect().top - 8;
  }
}
