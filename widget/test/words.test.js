import assert from "node:assert/strict";
import test from "node:test";
import { asOf, dutchDate, sourceDates, understood } from "../src/words.js";

test("dates are in Dutch, and odd ones stay as they are", () => {
  assert.equal(dutchDate("2026-11-03"), "3 november 2026");
  assert.equal(dutchDate("gisteren"), "gisteren");
});

test("a source says its own date and when it was checked", () => {
  assert.equal(sourceDates({ checked: "2026-11-23" }), ", nagekeken op 23 november 2026");
  assert.equal(sourceDates({ checked: "2026-11-23", published: "2025" }),
    ", bron van 2025, nagekeken op 23 november 2026");
  assert.equal(sourceDates({ checked: "2026-11-23", published: "zonder datum" }),
    ", bron zonder datum, nagekeken op 23 november 2026");
});

test("a list that is not complete says so", () => {
  const fresh = { school_year: "2026-2027", date: "2026-11-01" };
  const said = "Gegevens van schooljaar 2026-2027, bijgewerkt op 1 november 2026.";
  assert.equal(asOf({ ...fresh, known: 3, total: 3 }), said);
  assert.equal(asOf({ ...fresh, known: 3, total: 9 }), `${said} Ik ken 3 van de 9 adressen.`);
  assert.equal(asOf({ ...fresh, known: 3, total: null, complete: false }), `${said} De lijst is niet volledig.`);
});

test("what was understood is told in words", () => {
  assert.deepEqual(understood({ programmes: ["Bakker duaal"], municipality: "Gent", postcode: "9000",
    radius_km: 10, years: [5, 6], filters: ["open"] }),
  ["Opleiding: Bakker duaal", "Plaats: 9000 Gent", "Afstand: tot 10 km", "Leerjaar: 5, 6", "Filters: open"]);
  assert.deepEqual(understood(undefined), []);
});
