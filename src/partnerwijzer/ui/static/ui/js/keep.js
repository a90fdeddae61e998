// form[data-keep]: what is typed stays on this device until the server has it, so that a crash, a
// lost connection or an expired session takes nothing away. Kept per user, address and form; never
// passwords and files. Signing out throws it away.
import { byId, each } from "./page.js";

const PREFIX = "kept ";
const SENT = "kept-sent";
const DAYS = 14;
const PAUSE = 400;
const user = document.body.dataset.user ?? "";
const mine = `${PREFIX}${user} `;
const keyOf = (form) => `${mine}${location.pathname} ${form.dataset.keep || form.getAttribute("action") || ""} ${indexOf(form)}`;
const indexOf = (form) => [...document.querySelectorAll("form[data-keep]")].indexOf(form);
const changedForms = new Set();
let sending = false;

const stored = {
  get(key) {
    try {
      return JSON.parse(localStorage.getItem(key));
    } catch {
      return null;
    }
  },
  set(key, values) {
    try {
      localStorage.setItem(key, JSON.stringify({ at: Date.now(), values }));
    } catch {
      // Storage is full or forbidden: then the form is a form like any other.
    }
  },
  keys() {
    try {
      return Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));
    } catch {
      return [];
    }
  },
};
const forget = (key) => {
  try {
    localStorage.removeItem(key);
  } catch {
    // Nothing was kept then.
  }
};

/** Which version of a text the form began with: put back too, so that the server sees a conflict. */
const isVersion = (control) => control.type === "hidden" && /(^|-)(version|stand)$/.test(control.name);
const isKept = (control) =>
  control.name && !["hidden", "password", "file", "submit", "button", "reset", "image", undefined].includes(control.type);
const controls = (form) => [...form.elements].filter((c) => (isKept(c) || isVersion(c)) && !c.disabled);

function read(form) {
  const values = {};
  for (const control of controls(form)) {
    const on = !["radio", "checkbox"].includes(control.type) || control.checked;
    const said = control.type === "select-multiple" ? [...control.selectedOptions].map((o) => o.value) : [control.value];
    values[control.name] ??= [];
    if (on) values[control.name].push(...said);
  }
  return values;
}
function write(form, values) {
  const left = structuredClone(values);
  for (const control of controls(form)) {
    const said = left[control.name];
    if (!said) continue;
    if (["radio", "checkbox"].includes(control.type)) control.checked = said.includes(control.value);
    else if (control.type === "select-multiple") for (const o of control.options) o.selected = said.includes(o.value);
    else if (said.length) control.value = said.shift();
    control.closest("details:not([open])")?.setAttribute("open", "");
  }
  form.dispatchEvent(new Event("keep:written", { bubbles: true }));
}
const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

function offer(form, key, original) {
  const notice = byId("kept-notice").content.firstElementChild.cloneNode(true);
  notice.querySelector("button").addEventListener("click", () => {
    forget(key);
    write(form, original);
    changedForms.delete(form);
    notice.remove();
    form.querySelector("input:not([type=hidden]), textarea, select")?.focus();
  });
  form.prepend(notice);
}

function follow(form) {
  const key = keyOf(form);
  const original = read(form);
  let waiting;
  const note = () => {
    clearTimeout(waiting);
    const values = read(form);
    if (same(values, original)) forget(key), changedForms.delete(form);
    else stored.set(key, values), changedForms.add(form);
  };
  const kept = stored.get(key);
  // An answer to a post shows what was typed already.
  if (kept && !same(kept.values, original) && !unsaved) {
    write(form, kept.values);
    if (!same(read(form), original)) changedForms.add(form), offer(form, key, original);
  }
  form.addEventListener("input", () => (clearTimeout(waiting), (waiting = setTimeout(note, PAUSE))));
  form.addEventListener("change", note);
  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented || event.submitter?.formMethod === "dialog") return;
    note();
    changedForms.delete(form);
    sending = true;
    sessionStorage.setItem(SENT, key);
  });
  addEventListener("pagehide", () => changedForms.has(form) && note());
  if (unsaved && kept) changedForms.add(form);
}

// A page that is itself the answer to a post was not saved: saving ends in a redirect.
const unsaved = "unsaved" in document.documentElement.dataset;

/** Whether this page says that the form that this tab sent was saved. */
function wasSaved() {
  if (unsaved) return false;
  if (document.querySelector("[data-saved]")) return true;
  const [arrival] = performance.getEntriesByType("navigation");
  return arrival?.redirectCount > 0;
}

function settle() {
  const sent = sessionStorage.getItem(SENT);
  sessionStorage.removeItem(SENT);
  if (sent?.startsWith(mine) && wasSaved()) forget(sent);
  for (const key of stored.keys()) if (Date.now() - (stored.get(key)?.at ?? 0) > DAYS * 86400000) forget(key);
}

settle();
// What pupils answer stays nowhere: many share one device.
each("form[data-keep]", (form) => form.closest(".pupil") || follow(form));
each("[data-signs-out]", (form) =>
  form.addEventListener("submit", () => {
    changedForms.clear();
    stored.keys().filter((key) => key.startsWith(mine)).forEach(forget);
  }),
);
addEventListener("beforeunload", (event) => {
  if (changedForms.size && !sending) event.preventDefault();
});
addEventListener("pageshow", () => (sending = false));
