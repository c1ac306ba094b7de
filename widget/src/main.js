// What the one script tag does.
import { DuaalChat } from "./element.js";

const { currentScript } = document;

function start() {
  if (!currentScript?.dataset.endpoint || document.querySelector("duaal-chat")) return;
  const chat = document.createElement("duaal-chat");
  Object.assign(chat.dataset, currentScript.dataset, { launcher: "" });
  document.body.append(chat);
}

if (!customElements.get("duaal-chat")) {
  customElements.define("duaal-chat", DuaalChat);
  // A tag may still come while the page loads.
  if (document.readyState === "loading") addEventListener("DOMContentLoaded", start);
  else start();
}
