// What keep.js stores on this device, and how a form is read and written.

const PREFIX = "kept ";
const DAY = 86400000;
const SINGLE = ["radio", "checkbox"];
const NEVER = ["hidden", "password", "file", "submit", "button", "reset", "image"];

export const store = {
  get(key) {
    return tried(() => JSON.parse(localStorage.getItem(key))?.values) ?? null;
  },
  set(key, values) {
    tried(() => localStorage.setItem(key, JSON.stringify({ at: Date.now(), values })));
  },
  drop(key) {
    tried(() => localStorage.removeItem(key));
  },
  /** Throws away what begins so, and what is older than so many days. */
  clear(start, days = 0) {
    for (const key of tried(() => Object.keys(localStorage)) ?? []) {
      if (key.startsWith(start) && Date.now() - tried(() => JSON.parse(localStorage.getItem(key)).at) > days * DAY) this.drop(key);
    }
  },
};
export const keyFor = (user) => `${PREFIX}${user} `;
export const ALL = PREFIX;
/** A number that stands for an address with a secret in it, which cannot be read back from it. */
export const numberOf = (words) => [...words].reduce((sum, c) => Math.imul(sum ^ c.codePointAt(0), 16777619) >>> 0, 2166136261);

/** Storage may be full or forbidden: then a form is a form like any other. */
function tried(act) {
  try {
    return act();
  } catch {
    return undefined;
  }
}

/** Which version of a text one began with goes along, so that the server still sees a conflict. */
const isVersion = (control) => control.type === "hidden" && /(^|-)(version|stand)$/.test(control.name);
// What opens a file that waits at the server stands in the page and nowhere else.
const isTyped = (control) => control.type && !NEVER.includes(control.type) && control.name !== "wacht";
const controlsOf = (form) => [...form.elements].filter((c) => c.name && !c.disabled && (isTyped(c) || isVersion(c)));

const said = (control) => {
  if (SINGLE.includes(control.type)) return control.checked ? [control.value] : [];
  return control.type === "select-multiple" ? [...control.selectedOptions].map((o) => o.value) : [control.value];
};

/** What stands in a form: name -> values. */
export function read(form) {
  const values = {};
  for (const control of controlsOf(form)) (values[control.name] ??= []).push(...said(control));
  return values;
}

/** Puts values back; what is folded away and has one is opened. */
export function write(form, values) {
  const left = structuredClone(values);
  for (const control of controlsOf(form)) {
    const words = left[control.name];
    if (!words) continue;
    const before = said(control).join();
    if (SINGLE.includes(control.type)) control.checked = words.includes(control.value);
    else if (control.type === "select-multiple") for (const o of control.options) o.selected = words.includes(o.value);
    else if (words.length) control.value = words.shift();
    if (said(control).join() !== before) control.closest("details:not([open])")?.setAttribute("open", "");
  }
  form.dispatchEvent(new Event("keep:written", { bubbles: true }));
}

export const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);
