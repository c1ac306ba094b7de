import assert from "node:assert/strict";
import { createServer } from "node:http";
import test from "node:test";
import * as WORDS from "../src/texts.js";
import { Failure, transport } from "../src/transport.js";

async function withServer(answer, use) {
  const asked = [];
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const part of request) body += part;
    asked.push({ method: request.method, url: request.url, type: request.headers["content-type"],
      cookie: request.headers.cookie, body: body && JSON.parse(body) });
    const { status = 200, text = "{}" } = answer;
    response.writeHead(status, { "Content-Type": "application/json" });
    response.end(status === 204 ? undefined : text);
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  try {
    await use(transport(`http://127.0.0.1:${server.address().port}/webhooks/web`, fetch), asked);
  } finally {
    server.close();
    server.closeAllConnections();
  }
}

test("a message is sent as JSON with its sender", async () => {
  const text = JSON.stringify({ messages: [{ v: 1, kind: "smalltalk", text: "dag" }] });
  await withServer({ text }, async (api, asked) => {
    assert.equal((await api.message("id", { text: "hallo" }))[0].text, "dag");
    assert.deepEqual(asked, [{ method: "POST", url: "/webhooks/web/message", type: "application/json",
      cookie: undefined, body: { sender: "id", text: "hallo" } }]);
  });
});

test("the bot's own words about a fault are passed on", async () => {
  const text = JSON.stringify({ title: "x", status: 429, detail: "Wacht even." });
  await withServer({ status: 429, text }, async (api) => {
    await assert.rejects(api.message("id", { text: "x" }), { constructor: Failure, message: "Wacht even." });
  });
});

for (const [name, answer] of [
  ["a page of a proxy", { status: 502, text: "<h1>Bad gateway</h1>" }],
  ["an empty list", { text: '{"messages": []}' }],
  ["no list", { text: '{"messages": "x"}' }],
  ["no JSON", { text: "oeps" }],
  ["a fault whose words are no text", { status: 500, text: '{"detail": {"a": 1}}' }],
]) {
  test(`${name} is a fault in plain words`, () => withServer(answer, (api) =>
    assert.rejects(api.message("id", { text: "x" }), { constructor: Failure, message: WORDS.wrong })));
}

test("a message that is no longer wanted is not waited for", async () => {
  const server = createServer(() => {}); // never answers
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  const api = transport(`http://127.0.0.1:${server.address().port}/webhooks/web`, fetch);
  const era = new AbortController();
  const waiting = api.message("id", { text: "x" }, era.signal);
  setTimeout(() => era.abort(), 50);
  await assert.rejects(waiting, { constructor: Failure });
  server.close();
  server.closeAllConnections();
});

test("no connection is said as such", async () => {
  const api = transport("http://127.0.0.1:1/webhooks/web", fetch);
  await assert.rejects(api.notice(), { constructor: Failure, message: WORDS.unreachable });
});

test("feedback and erasing have no answer body", () => withServer({ status: 204 }, async (api, asked) => {
  assert.equal(await api.feedback("id", { topic: "startbonus", verdict: "fout", text: "" }), null);
  assert.equal(await api.erase("id"), null);
  assert.deepEqual(asked.map(({ url }) => url), ["/webhooks/web/feedback", "/webhooks/web/erase"]);
}));
