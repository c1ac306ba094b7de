import assert from "node:assert/strict";
import test from "node:test";
import { spoken, transcript } from "../src/transcript.js";

const answer = { text: "Bel gerust.", cards: [
  { title: "CLB Kortrijk", subtitle: "Pluimstraat 1", lines: ["Open tot 17 uur"], phone: "056 12 34 56",
    url: "http://clbkortrijk.be" }, { title: "Zonder nummer" }] };

test("what is read aloud has the phone number of a card", () => {
  assert.deepEqual(spoken(answer), ["Bel gerust.", "CLB Kortrijk", "Pluimstraat 1", "Open tot 17 uur",
    "Bel 056 12 34 56", "Zonder nummer"]);
});

test("what is kept as a file has everything of a card", () => {
  assert.equal(transcript([{ me: "hallo" }, { answer }]), `Jij:
hallo

Duaalwijzer:
Bel gerust.
* CLB Kortrijk
  Pluimstraat 1
  Open tot 17 uur
  Bel 056 12 34 56
  http://clbkortrijk.be
* Zonder nummer`);
});

test("the kept talk holds every word of both", () => {
  const answer = { title: "Titel", text: "Tekst.", bullets: ["punt"], image: { url: "/x", alt: "prent" },
    cards: [{ id: "1", title: "School", subtitle: "Straat 1", lines: ["lijn"], phone: "09 1", url: "https://s.example/" }],
    map: { url: "https://kaart.example/", title: "Kaart" }, widened: ["in Gent"], understood: { interest: "auto" },
    buttons: [{ title: "Kort", label: "Lange knop", payload: "a" }],
    sources: [{ title: "Bron X", url: "https://b.example/", checked: "2026-11-23" }],
    as_of: { school_year: "2026-2027", date: "2026-11-01" } };
  const text = transcript([{ me: "mijn vraag" }, { answer }]);
  for (const word of ["mijn vraag", "Titel", "Tekst.", "- punt", "prent", "School", "Straat 1", "lijn", "09 1",
    "https://s.example/", "Kaart: https://kaart.example/", "in Gent", "auto", "Lange knop", "Bron X",
    "https://b.example/", "2026-2027"]) assert.ok(text.includes(word), word);
});

test("aloud come the words, not the addresses", () => {
  const said = spoken({ title: "T", text: "Een.\n\nTwee.", bullets: ["drie"],
    sources: [{ title: "bron", url: "https://x.example" }], cards: [{ title: "kaart", lines: ["l"], url: "https://y.example" }] });
  assert.deepEqual(said, ["T", "Een.", "Twee.", "drie", "kaart", "l"]);
});
