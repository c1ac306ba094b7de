// A school's own colours, only where they stay readable (WCAG 1.4.3: 4.5 to 1).

const ENOUGH = 4.5;
const PAPER = [240, 245, 246];
export const DEFAULT = { bar: "rgb(11, 92, 107)", onBar: "rgb(255, 255, 255)", ink: "rgb(11, 92, 107)" };

/** Red, green and blue of a computed colour; null when it is not opaque sRGB. */
export function rgb(computed) {
  const found = /^rgb\((\d+), (\d+), (\d+)\)$/.exec(computed);
  return found ? found.slice(1).map(Number) : null;
}

const luminance = (colour) => {
  const [r, g, b] = colour.map((part) => {
    const c = part / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};

/** WCAG contrast of two colours, 1 to 21. */
export function contrast(one, other) {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

/** Colours for bar, text on it and links. Unreadable wishes give way: black or white, then ours. */
export function theme(accent, onAccent) {
  const bar = rgb(accent);
  if (!bar) return DEFAULT;
  const wished = rgb(onAccent);
  const onBar = [wished, [255, 255, 255], [0, 0, 0]].find((c) => c && contrast(c, bar) >= ENOUGH);
  return {
    bar: accent,
    onBar: `rgb(${onBar.join(", ")})`,
    ink: contrast(bar, PAPER) >= ENOUGH ? accent : DEFAULT.ink,
  };
}
