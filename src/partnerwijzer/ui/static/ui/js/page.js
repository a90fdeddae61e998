// What the other modules share: words in the language of the page, and elements that come later.

const words = JSON.parse(document.getElementById("page-words")?.textContent ?? "{}");

/** The words with this name; `#` and `##` become the first and second number. */
export const say = (name, first = "", second = "") =>
  (words[name] ?? name).replace("##", second).replace("#", first);

export const byId = (id) => document.getElementById(id);

/** Does something with each such element: those of now, and those that htmx brings later. */
export function each(selector, act) {
  const seen = new WeakSet();
  const look = (root) => {
    for (const element of [root, ...root.querySelectorAll(selector)]) {
      if (!element.matches?.(selector) || seen.has(element)) continue;
      seen.add(element);
      act(element);
    }
  };
  look(document.documentElement);
  document.addEventListener("htmx:load", (event) => look(event.detail.elt));
}

/** The nearest element above an event that matches, if any. */
export const at = (event, selector) => event.target.closest?.(selector);
