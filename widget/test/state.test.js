import assert from "node:assert/strict";
import test from "node:test";
import { MAX_AGE, Talk, uuid } from "../src/state.js";

function storage() {
  const kept = new Map();
  return { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => kept.set(key, value), kept };
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

test("nothing is kept and no id is made before something happens", () => {
  const store = storage();
  assert.equal(talk(store).id, null);
  assert.equal(store.kept.size, 0);
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

test("a message without an answer is known, one with an answer or a position is not", () => {
  const one = talk(storage());
  one.add({ me: "hallo", message: { text: "hallo" } });
  assert.deepEqual(one.unanswered(), { text: "hallo" });
  one.add({ answer: { text: "dag" } });
  assert.equal(one.unanswered(), null);
  one.add({ me: "Mijn locatie", message: null });
  assert.equal(one.unanswered(), null);
});

test("after a day the talk is forgotten, as the bot does", () => {
  const store = storage();
  talk(store, 0).add({ me: "oud", message: { text: "oud" } });
  assert.equal(talk(store, MAX_AGE - 1).items.length, 1);
  assert.equal(talk(store, MAX_AGE).items.length, 0);
});

test("forgetting leaves neither words nor id", () => {
  const store = storage();
  const one = talk(store);
  one.sender();
  one.add({ me: "geheim", message: { text: "geheim" } });
  one.forget();
  assert.ok(![...store.kept.values()].join().match(/geheim|id-1/));
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
