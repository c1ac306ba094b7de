// The frame: launcher, panel, bar, log, status and the line to type in.
import { button, el } from "./dom.js";
import * as WORDS from "./texts.js";

/** The parts by name. `on` has open, close, save, erase and submit; `inline` is without launcher. */
export function buildPanel({ school, inline, on }) {
  const heading = el("h2", { textContent: WORDS.name, tabIndex: -1 });
  const log = el("div", { className: "log", role: "log", "aria-live": "polite",
    "aria-label": WORDS.log, tabIndex: 0 });
  const status = el("p", { className: "status", role: "status" });
  const warning = el("p", { className: "status", role: "alert" });
  const input = el("textarea", { rows: 1, placeholder: WORDS.placeholder, enterKeyHint: "send",
    "aria-label": WORDS.input, onkeydown: (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      on.submit();
    } });
  const form = el("form", { onsubmit: (event) => { event.preventDefault(); on.submit(); } },
    input, el("button", { className: "solid", textContent: WORDS.send }));
  const named = (text, label, act) => button(text, act, { "aria-label": label, className: "solid" });
  const own = (event) => event.stopPropagation(); // no shortcut of the site eats what one types
  const panel = el(inline ? "section" : "dialog", {
    className: inline ? "panel inline" : "panel", "aria-label": WORDS.panel,
    onkeydown: own, onkeypress: own, onkeyup: own },
    el("div", { className: "bar" },
      el("div", {}, heading, el("p", { textContent: WORDS.computer }),
        school ? el("p", { textContent: WORDS.of + school }) : ""),
      el("div", { className: "tools" },
        named(WORDS.save, WORDS.saveLabel, on.save), named(WORDS.erase, WORDS.eraseLabel, on.erase),
        inline ? "" : named(WORDS.close, WORDS.closeLabel, on.close))),
    log, status, warning, form);
  const launcher = inline ? null : button(WORDS.launcher, on.open,
    { className: "solid launcher", "aria-haspopup": "dialog" });
  return { heading, log, status, warning, input, panel, launcher };
}
