// data-focus: gets the focus when the page opens, such as what is wrong in a form. A link from there
// to a group of choices goes to its first choice.
import { at, byId } from "./page.js";

// On the style page it is only shown.
const first = document.querySelector("[data-focus]:not([data-example] *)");
first?.focus();
// An address with an anchor (a form that was sent from there keeps it) takes the focus away again.
if (first && location.hash) addEventListener("load", () => requestAnimationFrame(() => first.focus()));

document.addEventListener("click", (event) => {
  const link = at(event, "[data-focus] a[href^='#']");
  const place = link && byId(decodeURIComponent(link.hash.slice(1)));
  const control = place?.matches("input,select,textarea") ? place : place?.querySelector("input,select,textarea");
  if (!control) return;
  event.preventDefault();
  control.focus({ preventScroll: true });
  (control.closest(".field, fieldset") ?? control).scrollIntoView({ block: "center" });
});
