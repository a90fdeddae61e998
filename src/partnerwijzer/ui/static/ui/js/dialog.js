// data-opens="id": a button or link that opens that <dialog>. The browser closes it on Escape and
// gives the focus back. data-open-now: a dialog whose form came back with something to mend.
import { at, byId, each } from "./page.js";

const open = (dialog) => dialog.open || dialog.showModal();

document.addEventListener("click", (event) => {
  const opener = at(event, "[data-opens]");
  const dialog = opener && byId(opener.dataset.opens);
  if (!dialog || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  open(dialog);
});
document.addEventListener("pointerdown", (event) => {
  if (!event.target.matches?.("dialog:modal")) return;
  const box = event.target.getBoundingClientRect();
  const inside = event.clientX >= box.left && event.clientX <= box.right && event.clientY >= box.top && event.clientY <= box.bottom;
  if (!inside) event.target.close();
});
each("dialog[data-open-now]", open);
