// <duaal-chat>: the chat on a school page, over the web channel of docs/web.md.
// No dependencies, no innerHTML, no cookies, no requests but to the bot itself.
(() => {
  "use strict";

  const STYLE = `
    :host { display: block; --accent: var(--dc-accent, #0b5c6b); --on-accent: var(--dc-on-accent, #fff);
      font: max(16px, 1rem)/1.5 system-ui, sans-serif; color: #1b1b1b; }
    * { box-sizing: border-box; }
    .chat { display: flex; flex-direction: column; height: min(44rem, 85vh); min-height: 24rem;
      border: 2px solid var(--accent); border-radius: .75rem; overflow: hidden; background: #fff; }
    .bar { display: flex; gap: .5rem; align-items: center; justify-content: space-between; flex-wrap: wrap;
      padding: .5rem .75rem; background: var(--accent); color: var(--on-accent); }
    .bar h2 { margin: 0; font-size: 1.1rem; }
    .log { flex: 1; overflow-y: auto; padding: .75rem; display: flex; flex-direction: column; gap: .75rem; }
    .msg { max-width: 38rem; padding: .6rem .8rem; border-radius: .75rem; overflow-wrap: anywhere; }
    .bot { background: #f0f5f6; align-self: flex-start; }
    .me { background: #e4e9f7; align-self: flex-end; }
    .safety { border-left: 6px solid #a3180f; }
    .msg h3 { margin: 0 0 .25rem; font-size: 1.05rem; }
    .msg p { margin: 0 0 .5rem; white-space: pre-line; }
    ul { margin: 0 0 .5rem; padding-left: 1.25rem; }
    .cards, .choices { list-style: none; padding: 0; }
    .cards > li { border: 1px solid #6d7f83; border-radius: .5rem; padding: .5rem .6rem; margin: .4rem 0;
      background: #fff; }
    .cards h4 { margin: 0; font-size: 1rem; }
    .choices { display: flex; flex-wrap: wrap; gap: .4rem; margin: .4rem 0 0; }
    button, .link { font: inherit; min-height: 44px; padding: .4rem .8rem; border-radius: .5rem; cursor: pointer;
      border: 2px solid var(--accent); background: #fff; color: var(--accent); text-align: left; }
    button:hover { text-decoration: underline; }
    button:focus-visible, textarea:focus-visible, a:focus-visible { outline: 3px solid #b35c00; outline-offset: 2px; }
    .send, .bar button { background: var(--accent); color: var(--on-accent); border-color: currentColor; }
    .sources { font-size: .9rem; color: #3d4a4d; margin: .4rem 0 0; padding-left: 1rem; }
    .small { font-size: .9rem; min-height: 44px; border-width: 1px; margin-top: .4rem; }
    a { color: var(--accent); display: inline-block; min-height: 24px; }
    form { display: flex; gap: .5rem; padding: .6rem; border-top: 1px solid #6d7f83; }
    textarea { flex: 1; font: inherit; padding: .5rem; border: 2px solid #6d7f83; border-radius: .5rem;
      resize: none; min-height: 44px; min-width: 0; }
    .status { min-height: 1.5rem; padding: 0 .75rem; margin: 0; color: #3d4a4d; }
    .problem { border-left: 6px solid #a3180f; }
    .sr { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
    @media (forced-colors: active) { .msg, button, .chat { border: 1px solid; } }
  `;
  const STORE = "duaal-chat-sender";
  const TIMEOUT = 20000;

  const el = (name, props = {}, ...children) => {
    const node = Object.assign(document.createElement(name), props);
    node.append(...children.filter((child) => child !== null && child !== undefined));
    return node;
  };
  const safeUrl = (url) => {
    try {
      const parsed = new URL(url, location.href);
      return ["https:", "http:", "tel:", "mailto:"].includes(parsed.protocol) ? parsed.href : null;
    } catch { return null; }
  };
  const link = (text, url) => {
    const href = safeUrl(url);
    return href ? el("a", { href, textContent: text, target: "_blank", rel: "noopener noreferrer" })
      : el("span", { textContent: text });
  };
  const dutchDate = (day) => new Intl.DateTimeFormat("nl-BE", { dateStyle: "long" })
    .format(new Date(`${day}T12:00:00`));

  class DuaalChat extends HTMLElement {
    connectedCallback() {
      if (this.shadowRoot) return;
      this.lang = "nl-BE";
      this.endpoint = this.dataset.endpoint || "/webhooks/web";
      const root = this.attachShadow({ mode: "open" });
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(STYLE);
      root.adoptedStyleSheets = [sheet];
      this.log = el("div", { className: "log", role: "log", tabIndex: 0, ariaLabel: "Gesprek" });
      this.status = el("p", { className: "status", role: "status" });
      this.input = el("textarea", { rows: 1, maxLength: 1000, placeholder: "Typ je vraag",
        ariaLabel: "Jouw vraag", enterKeyHint: "send" });
      this.input.addEventListener("keydown", (event) => {
        if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
          event.preventDefault();
          this.submit();
        }
      });
      const form = el("form", {}, this.input, el("button", { className: "send", textContent: "Verstuur" }));
      form.addEventListener("submit", (event) => { event.preventDefault(); this.submit(); });
      const erase = el("button", { type: "button", textContent: "Wis gesprek" });
      erase.addEventListener("click", () => this.erase());
      root.append(el("section", { className: "chat", ariaLabel: "Chat over duaal leren" },
        el("div", { className: "bar" }, el("h2", { textContent: "Duaalwijzer" }), erase),
        this.log, this.status, form));
      this.notice();
    }

    sender() {
      // Made at the first message only; gone with the tab, because school computers are shared.
      let id = sessionStorage.getItem(STORE);
      if (!id) {
        id = crypto.randomUUID ? crypto.randomUUID() : this.uuid();
        sessionStorage.setItem(STORE, id);
      }
      return id;
    }

    uuid() {
      const b = crypto.getRandomValues(new Uint8Array(16));
      b[6] = (b[6] & 15) | 64;
      b[8] = (b[8] & 63) | 128;
      const h = [...b].map((x) => x.toString(16).padStart(2, "0")).join("");
      return `${h.slice(0, 8)}-${h.slice(8, 12)}-${h.slice(12, 16)}-${h.slice(16, 20)}-${h.slice(20)}`;
    }

    async call(path, body) {
      const answer = await fetch(`${this.endpoint}/${path}`, {
        method: body ? "POST" : "GET",
        headers: body ? { "Content-Type": "application/json" } : {},
        body: body ? JSON.stringify(body) : undefined,
        credentials: "omit", referrerPolicy: "no-referrer", cache: "no-store",
        signal: AbortSignal.timeout(TIMEOUT),
      });
      if (answer.status === 204) return null;
      const data = await answer.json();
      if (!answer.ok) throw new Error(data.detail || "Er liep iets mis.");
      return data;
    }

    async notice() {
      try {
        this.show(await this.call("notice"));
      } catch {
        this.problem("Ik kan de bot niet bereiken.", () => this.notice());
      }
    }

    submit() {
      const text = this.input.value.trim();
      if (!text) return;
      this.input.value = "";
      this.say(text);
      this.send({ text });
    }

    press(button) {
      this.say(button.label || button.title);
      this.send({ payload: button.payload });
    }

    say(text) {
      this.log.append(el("div", { className: "msg me" },
        el("span", { className: "sr", textContent: "Jij zei: " }), el("p", { textContent: text })));
      this.down();
    }

    async send(message) {
      const typing = setTimeout(() => { this.status.textContent = "De bot typt …"; }, 300);
      try {
        const data = await this.call("message", { sender: this.sender(), ...message });
        for (const answer of data.messages) this.show(answer);
      } catch (error) {
        const offline = error.name === "TypeError" || error.name === "TimeoutError";
        this.problem(offline ? "Ik kan de bot niet bereiken. Heb je internet?" : error.message,
          () => this.send(message));
      } finally {
        clearTimeout(typing);
        this.status.textContent = "";
        this.input.focus({ preventScroll: true });
      }
    }

    async erase() {
      try {
        if (sessionStorage.getItem(STORE)) await this.call("erase", { sender: this.sender() });
        sessionStorage.removeItem(STORE);
        this.log.replaceChildren();
        this.status.textContent = "Je gesprek is gewist.";
        await this.notice();
      } catch {
        this.problem("Wissen lukte niet.", () => this.erase());
      }
    }

    problem(text, retry) {
      const again = el("button", { type: "button", textContent: "Probeer opnieuw" });
      const box = el("div", { className: "msg problem", role: "alert" }, el("p", { textContent: text }), again);
      again.addEventListener("click", () => { box.remove(); retry(); });
      this.log.append(box);
      this.down();
    }

    show(answer) {
      const box = el("div", { className: `msg bot ${answer.kind === "safety" ? "safety" : ""}` },
        el("span", { className: "sr", textContent: "De bot zei: " }));
      if (answer.lang) box.lang = answer.lang;
      if (answer.title) box.append(el("h3", { textContent: answer.title }));
      for (const part of answer.text.split(/\n{2,}/)) box.append(el("p", { textContent: part }));
      if (answer.bullets) {
        box.append(el("ul", {}, ...answer.bullets.map((line) => el("li", { textContent: line }))));
      }
      if (answer.cards) {
        box.append(el("ul", { className: "cards" }, ...answer.cards.map((card) => this.card(card))));
      }
      if (answer.map) box.append(el("p", {}, link(answer.map.title, answer.map.url)));
      if (answer.kind === "notice" && this.dataset.privacy) {
        box.append(el("p", {}, link("Lees meer over je privacy", this.dataset.privacy)));
      }
      if (answer.sources) {
        box.append(el("ul", { className: "sources" }, ...answer.sources.map((source) => this.source(source))));
      }
      if (answer.buttons) box.append(this.choices(answer.buttons));
      if (answer.topic) box.append(this.feedback(answer.topic));
      this.log.append(box);
      box.scrollIntoView({ block: "nearest" });
    }

    card(card) {
      const item = el("li", {}, el("h4", { textContent: card.title }));
      for (const line of [card.subtitle, ...(card.lines || [])]) {
        if (line) item.append(el("div", { textContent: line }));
      }
      if (card.phone) item.append(el("div", {}, link(card.phone, `tel:${card.phone.replace(/[^+\d]/g, "")}`)));
      if (card.url) item.append(el("div", {}, link("Meer info", card.url)));
      if (card.payload) item.append(this.choices([{ title: "Bekijk", label: `Bekijk ${card.title}`, payload: card.payload }]));
      return item;
    }

    source(source) {
      const published = source.published ? `, bron van ${source.published}` : "";
      return el("li", {}, "Bron: ", source.url ? link(source.title, source.url) : source.title,
        `${published}, nagekeken op ${dutchDate(source.checked)}`);
    }

    choices(buttons) {
      return el("ul", { className: "choices" }, ...buttons.map((button) => {
        const node = el("button", { type: "button", textContent: button.label || button.title });
        node.addEventListener("click", () => this.press(button));
        return el("li", {}, node);
      }));
    }

    feedback(topic) {
      const button = el("button", { type: "button", className: "small", textContent: "Klopt niet?" });
      button.addEventListener("click", async () => {
        button.disabled = true;
        try {
          await this.call("feedback", { sender: this.sender(), topic, verdict: "fout" });
          this.status.textContent = "Bedankt. We kijken dit antwoord na.";
        } catch (error) {
          button.disabled = false;
          this.problem(error.message, () => button.click());
        }
      });
      return button;
    }

    down() { this.log.scrollTop = this.log.scrollHeight; }
  }

  if (!customElements.get("duaal-chat")) customElements.define("duaal-chat", DuaalChat);
  const here = document.currentScript;
  if (here && here.dataset.endpoint && !document.querySelector("duaal-chat")) {
    const chat = document.createElement("duaal-chat");
    Object.assign(chat.dataset, here.dataset);
    document.body.append(chat);
  }
})();
