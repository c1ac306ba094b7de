import assert from "node:assert/strict";
import test from "node:test";
import { channel, linked, safeUrl } from "../src/urls.js";

const BASE = "https://bot.example/webhooks/web";

test("https, http, tel, mailto and the bot's own paths are let through", () => {
  for (const [given, expected] of [
    ["https://onderwijs.example/a?b=c#d", "https://onderwijs.example/a?b=c#d"],
    ["http://clbkortrijk.be", "http://clbkortrijk.be/"],
    ["tel:+3212345678", "tel:+3212345678"],
    ["mailto:info@school.example", "mailto:info@school.example"],
    ["/opleidingen/beeld/88.svg", "https://bot.example/opleidingen/beeld/88.svg"],
  ]) assert.equal(safeUrl(given, BASE), expected);
  assert.equal(safeUrl("/a", "http://127.0.0.1:5005/x"), "http://127.0.0.1:5005/a");
});

test("no other address is let through, however it is disguised", () => {
  for (const given of [
    "javascript:alert(1)", " JaVaScRiPt:alert(1)", "java\nscript:alert(1)", "\u0001javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>", "vbscript:x", "file:///etc/passwd", "blob:https://bot.example/1",
    "filesystem:https://bot.example/x", "http://u@x.example/", "ftp://x.example/", "https://u:p@x.example/",
    "https://", "", undefined, null, 5, {}, ["javascript:alert(1)"],
  ]) {
    const found = safeUrl(given, BASE);
    assert.ok(found === null || found === BASE, `${given} -> ${found}`);
  }
});

test("addresses within a text become links and the text stays whole", () => {
  const text = "Kijk op https://www.vlaanderen.be/duaal. Of lees /privacy en/of vraag het (http://clb.example/x).";
  const pieces = linked(text, BASE);
  assert.equal(pieces.map((piece) => piece.text).join(""), text);
  assert.deepEqual(pieces.filter((piece) => piece.href).map((piece) => piece.href), [
    "https://www.vlaanderen.be/duaal", "https://bot.example/privacy", "http://clb.example/x"]);
});

test("the endpoint may be given with or without message, and is there by default", () => {
  const page = "https://school.example/info/";
  for (const given of ["https://bot.example/webhooks/web", "https://bot.example/webhooks/web/",
    "https://bot.example/webhooks/web/message"]) assert.equal(channel(given, page), BASE);
  assert.equal(channel(undefined, page), "https://school.example/webhooks/web");
});
