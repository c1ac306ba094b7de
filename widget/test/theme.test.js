import assert from "node:assert/strict";
import test from "node:test";
import { DEFAULT, contrast, rgb, theme } from "../src/theme.js";

const PAPER = [240, 245, 246];

test("contrast is that of WCAG", () => {
  assert.equal(contrast([0, 0, 0], [255, 255, 255]), 21);
  assert.equal(contrast([9, 9, 9], [9, 9, 9]), 1);
  assert.equal(contrast([119, 119, 119], [255, 255, 255]).toFixed(2), "4.48");
});

test("colours that can be read are kept", () => {
  assert.deepEqual(theme("rgb(90, 20, 110)", "rgb(255, 250, 200)"),
    { bar: "rgb(90, 20, 110)", onBar: "rgb(255, 250, 200)", ink: "rgb(90, 20, 110)" });
});

test("a light accent gets black on it, and links keep our colour", () => {
  assert.deepEqual(theme("rgb(255, 220, 0)", "rgb(255, 255, 255)"),
    { bar: "rgb(255, 220, 0)", onBar: "rgb(0, 0, 0)", ink: DEFAULT.ink });
});

test("what is not an opaque colour gives our colours", () => {
  for (const wrong of ["rgba(0, 0, 0, 0)", "color(srgb 1 0 0)", "", "rood"]) {
    assert.deepEqual(theme(wrong, "rgb(255, 255, 255)"), DEFAULT);
  }
});

test("any wish gives readable text", () => {
  const steps = [0, 51, 102, 119, 153, 204, 255];
  for (const r of steps) for (const g of steps) for (const b of steps) {
    const made = theme(`rgb(${r}, ${g}, ${b})`, "rgb(128, 128, 128)");
    assert.ok(contrast(rgb(made.bar), rgb(made.onBar)) >= 4.5, JSON.stringify(made));
    assert.ok(contrast(rgb(made.ink), PAPER) >= 4.5, JSON.stringify(made));
  }
});
