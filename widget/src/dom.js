// Building DOM without ever reading text as markup.

/** An element with properties or attributes, `on…` listeners and children; empty ones fall away. */
export function el(name, props = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(props)) {
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else if (key in node) node[key] = value;
    else node.setAttribute(key, value);
  }
  node.append(...children.filter((child) => child || child === 0));
  return node;
}

/** A button of ours: never submits a form by itself. */
export const button = (text, onclick, props = {}) =>
  el("button", { type: "button", textContent: text, onclick, ...props });

/** A list that stays a list for every screen reader, also without bullets. */
export const list = (className, items, props = {}) =>
  el("ul", { className, role: "list", ...props }, ...items.map((item) => el("li", {}, item)));
