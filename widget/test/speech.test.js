import assert from "node:assert/strict";
import test from "node:test";
import { dutchVoice, speaker } from "../src/speech.js";

const voice = (lang, localService = true) => ({ lang, localService });

test("the Flemish voice goes first, then any Dutch one", () => {
  assert.equal(dutchVoice([voice("en-GB"), voice("nl-NL"), voice("nl-BE")]).lang, "nl-BE");
  assert.equal(dutchVoice([voice("en-GB"), voice("nl-NL")]).lang, "nl-NL");
  assert.equal(dutchVoice([voice("nl_BE")]).lang, "nl_BE");
});

test("a voice that sends the text to a server is never used", () => {
  assert.equal(dutchVoice([voice("nl-BE", false)]), undefined);
});

test("it is ready once the voices are there, and reads in order", () => {
  let voices = [];
  let changed;
  const said = [];
  let ready = 0;
  const synth = { getVoices: () => voices, addEventListener: (_, listener) => { changed = listener; },
    cancel() {}, speak: (utterance) => said.push(utterance) };
  const made = speaker(synth, class { constructor(text) { this.text = text; } }, () => { ready += 1; });
  assert.equal(ready, 0);
  voices = [voice("nl-BE")];
  changed();
  assert.equal(ready, 1);
  let done = 0;
  made.say(["a", "b"], () => { done += 1; });
  assert.deepEqual(said.map(({ text, lang }) => [text, lang]), [["a", "nl-BE"], ["b", "nl-BE"]]);
  said[0].onend?.();
  assert.equal(done, 0);
  said[1].onend();
  assert.equal(done, 1);
});

test("a browser without speech has no reader", () => assert.equal(speaker(undefined), null));
