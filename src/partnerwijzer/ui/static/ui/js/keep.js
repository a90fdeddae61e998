// form[data-keep]: what is typed stays on this device until the server has it, so that a crash, a
// lost connection or an expired session takes nothing away. Kept per user, address and form; never
// passwords and files, never of pupils. Signing out throws it away. Who came by a link has nothing
// to sign out of, perhaps on a computer that others use: a day, under a number made of the link.
import { ALL, keyFor, numberOf, read, same, store, write } from "./kept.js";
import { at, byId, each } from "./page.js";

const SENT = "kept-sent";
const DAYS = 14;
const DAYS_OF_GUEST = 1;
const PAUSE = 400;
// Asks for the fields that come with a choice in the form: who brings them listens to this.
const WANTING = "keep:wanting";
const user = document.body.dataset.user ?? "";
const mine = keyFor(user);
const named = (address) => (user ? address : numberOf(address));
// A page that is itself the answer to a post was not saved: saving ends in a redirect.
const unsaved = "unsaved" in document.documentElement.dataset;
const sent = sessionStorage.getItem(SENT);
const changed = new Set();
let sending = false;
let signedOut = false;

function keyOf(form) {
  const which = [...document.querySelectorAll("form[data-keep]")].indexOf(form);
  return `${mine}${named(location.pathname)} ${form.dataset.keep || named(form.getAttribute("action") ?? "")} ${which}`;
}

/** Says that it put back what was typed, with a way to be rid of it. */
function offer(form, key, original) {
  const notice = byId("kept-notice").content.firstElementChild.cloneNode(true);
  notice.querySelector("button").addEventListener("click", () => {
    store.drop(key);
    changed.delete(form);
    write(form, original);
    form.dispatchEvent(new Event(WANTING));
    notice.remove();
    form.querySelector("input:not([type=hidden]), textarea, select")?.focus();
  });
  form.prepend(notice);
}

/** What was kept of fields that come only with a choice made before: they are asked for, and filled
 * in when they come. Gives those that did not come yet. */
function fillLater(form, kept, filled) {
  const there = read(form);
  const left = Object.fromEntries(Object.entries(kept).filter(([name]) => !(name in there)));
  const brings = form.querySelector(`[hx-trigger*="${WANTING}"]`);
  if (!brings || !Object.keys(left).length) return {};
  form.addEventListener("htmx:afterSettle", function come() {
    const now = read(form);
    if (!Object.keys(left).some((name) => name in now)) return;
    form.removeEventListener("htmx:afterSettle", come);
    write(form, left);
    for (const name of Object.keys(left)) delete left[name];
    filled();
  });
  const ask = () => form.dispatchEvent(new Event(WANTING));
  if (document.readyState === "complete") ask();
  else addEventListener("load", ask, { once: true });
  return left;
}

function follow(form) {
  const key = keyOf(form);
  const kept = store.get(key);
  // Refused by the server: the page shows what was typed, and nobody knows here what is saved.
  const refused = unsaved && (key === sent || kept !== null);
  const original = refused ? null : read(form);
  let waiting, left = {};
  const note = () => {
    clearTimeout(waiting);
    // What htmx replaced no longer speaks for the form that stands there now.
    if (!form.isConnected) changed.delete(form);
    if (signedOut || !form.isConnected) return;
    const values = { ...left, ...read(form) };
    if (same(values, original)) store.drop(key), changed.delete(form);
    else store.set(key, values), changed.add(form);
  };

  if (refused) note();
  else if (kept && !same(kept, original)) {
    write(form, kept);
    left = fillLater(form, kept, note);
    if (!same({ ...left, ...read(form) }, original)) changed.add(form), offer(form, key, original);
  }
  form.addEventListener("input", () => (clearTimeout(waiting), (waiting = setTimeout(note, PAUSE))));
  form.addEventListener("change", note);
  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented || event.submitter?.formMethod === "dialog") return;
    note();
    changed.delete(form);
    sending = true;
    sessionStorage.setItem(SENT, key);
  });
  addEventListener("pagehide", () => changed.has(form) && note());
}

/** Whether this page says that the form that this tab sent was saved. */
function wasSaved() {
  if (unsaved) return false;
  const [arrival] = performance.getEntriesByType("navigation");
  return arrival?.redirectCount > 0 || document.querySelector("[data-saved]") !== null;
}

// A page that asks something first sends the same on: what becomes of it, the next page says.
if (!document.querySelector("form[data-sends-on]")) sessionStorage.removeItem(SENT);
if (sent?.startsWith(mine) && wasSaved()) store.drop(sent);
store.clear(ALL, DAYS);
store.clear(keyFor(""), DAYS_OF_GUEST);
each("form[data-keep]", (form) => form.closest(".pupil") || follow(form));
each("[data-signs-out]", (form) =>
  form.addEventListener("submit", () => {
    signedOut = true;
    changed.clear();
    store.clear(mine);
  }),
);
// What htmx sent and the server kept: no page is left, so nothing else says so.
document.addEventListener("kept", (event) => {
  const form = event.target.closest?.("form[data-keep]");
  if (form) store.drop(keyOf(form)), changed.delete(form), (sending = false), sessionStorage.removeItem(SENT);
});
addEventListener("pageshow", () => (sending = false));
// Another form of the page, or a link to something for this form such as proof beside it: one comes
// back to what was typed, so there is nothing to warn of.
addEventListener("submit", (event) => (sending ||= !event.defaultPrevented));
addEventListener("click", (event) => (sending ||= Boolean(at(event, "a[data-comes-back]"))));
addEventListener("beforeunload", (event) => {
  if (!sending && [...changed].some((form) => form.isConnected)) event.preventDefault();
});
