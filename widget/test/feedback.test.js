import assert from "node:assert/strict";
import test from "node:test";
import { subjects } from "../src/feedback.js";

test("a verdict is about the topic, else about a card, else about the kind of answer", () => {
  assert.deepEqual(subjects({ kind: "knowledge", topic: "startbonus", cards: [{ id: "x" }] }), [{ topic: "startbonus" }]);
  assert.deepEqual(subjects({ kind: "offers", cards: [{ id: "school-1", title: "A" }] }), [{ card: "school-1", title: "A" }]);
  assert.deepEqual(subjects({ kind: "refusal" }), [{ card: "soort:refusal" }]);
});

test("small talk, questions and the notice ask for no verdict", () => {
  for (const kind of ["notice", "smalltalk", "question", "choice", "privacy"]) {
    assert.deepEqual(subjects({ kind }), [], kind);
  }
});
