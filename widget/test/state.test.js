import assert from "node:assert/strict";
import test from "node:test";
import { MAX_AGE, Talk, uuid } from "../src/state.js";

function storage() {
  const kept = new Map();
  return { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => kept.set(key, value),
    removeItem: (key) => kept.delete(key), kept };
}

const talk = (store, now = 0) => {
  let made = 0;
  return new Talk(() => store, () => now, () => `id-${made += 1}`);
};

test("an id is a random UUID of version 4", () => {
  const made = uuid((bytes) => crypto.getRandomValues(bytes));
  assert.match(made, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.notEqual(made, uuid((bytes) => crypto.getRandomValues(bytes)));
});

test("nothing is kept before the first message, also with the chat open and the notice told", () => {
  const store = storage();
  const one = talk(store);
  one.setOpen(true);
  one.begin({ kind: "notice", text: "dag" });
  assert.equal(one.id, null);
  assert.equal(store.kept.size, 0);
  one.sender();
  assert.deepEqual([talk(store).open, talk(store).items], [true, one.items]);
});

test("the notice stands before what was said while it was under way", () => {
  const one = talk(storage());
  one.add({ me: "hallo", message: { text: "hallo" } });
  assert.ok(!one.begun);
  one.begin({ kind: "notice", text: "dag" });
  assert.ok(one.begun);
  assert.equal(one.items[1].me, "hallo");
});

test("the talk is there again on the next page", () => {
  const store = storage();
  const first = talk(store);
  first.sender();
  first.setOpen(true);
  first.add({ me: "hallo", message: { text: "hallo" } });
  const next = talk(store);
  assert.deepEqual([next.id, next.open, next.items], ["id-1", true, first.items]);
  assert.equal(next.sender(), "id-1");
});

test("every message without an answer is known, one with an answer or a position is not", () => {
  const store = storage();
  const one = talk(store);
  const [first, second] = ["een", "twee"].map((text) => ({ me: text, message: { text } }));
  one.sender();
  one.add(first);
  one.add(second);
  one.add({ me: "Mijn locatie", message: null });
  assert.deepEqual(talk(store).unanswered(), [first, second]);
  one.answered(first);
  one.add({ answer: { text: "dag" } });
  assert.deepEqual(talk(store).unanswered(), [second]);
});

test("after a day the talk is forgotten, as the bot does", () => {
  const store = storage();
  const old = talk(store, 0);
  old.sender();
  old.add({ me: "oud", message: { text: "oud" } });
  assert.equal(talk(store, MAX_AGE - 1).items.length, 1);
  assert.equal(talk(store, MAX_AGE).items.length, 0);
});

test("forgetting leaves neither words nor id", () => {
  const store = storage();
  const one = talk(store);
  one.sender();
  one.add({ me: "geheim", message: { text: "geheim" } });
  one.forget();
  assert.equal(store.kept.size, 0);
});

test("what the bot still has to erase is known on the next page, and a next message has a new id", () => {
  const store = storage();
  const one = talk(store);
  one.sender();
  one.add({ me: "geheim", message: { text: "geheim" } });
  one.retire();
  assert.ok(![...store.kept.values()].join().includes("geheim"));
  assert.equal(one.sender(), "id-2");
  one.retire();
  const next = talk(store);
  assert.deepEqual([next.erasing, next.id, next.items], [["id-1", "id-2"], null, []]);
  next.erased("id-1");
  assert.deepEqual(talk(store).erasing, ["id-2"]);
  next.erased("id-2");
  assert.equal(store.kept.size, 0);
});

test("a conversation without words leaves nothing to erase", () => {
  const one = talk(storage());
  one.retire();
  assert.deepEqual(one.erasing, []);
});

test("a full or forbidden storage does not stop the talk", () => {
  const forbidden = new Talk(() => { throw new Error("SecurityError"); }, () => 0, () => "id");
  forbidden.add({ me: "hallo", message: null });
  assert.equal(forbidden.items.length, 1);
});

test("what another script left under our key is not believed", () => {
  for (const junk of ["{", "null", "5", "[]", '{"at": 0}', '{"at": 0, "items": "x"}']) {
    const store = storage();
    store.kept.set("duaal-chat", junk);
    assert.deepEqual(talk(store).items, []);
  }
});
