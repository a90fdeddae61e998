// What htmx brings: an error says so in words, and the focus is not lost.
import { at, byId, say } from "./page.js";

/** Shows a message that stays until it is closed. */
function toast(words) {
  const piece = byId("toast-error").content.firstElementChild.cloneNode(true);
  piece.querySelector("[data-words]").textContent = words;
  const place = document.querySelector(".toasts");
  place.querySelectorAll(".toast[data-level=error]").forEach((old) => old.remove());
  place.append(piece);
}

document.addEventListener("click", (event) => at(event, "[data-dismiss]")?.closest(".toast").remove());
document.addEventListener("htmx:responseError", (event) => {
  const { status } = event.detail.xhr;
  toast(say({ 401: "signed-out", 403: "forbidden", 404: "gone", 429: "too-often" }[status] ?? "broken"));
});
for (const type of ["htmx:sendError", "htmx:timeout"]) document.addEventListener(type, () => toast(say("offline")));

// What was folded open and comes back under the same id stays open.
let open = [];
document.addEventListener("htmx:beforeSwap", (event) => (open = [...event.detail.target.querySelectorAll("details[id][open]")].map((one) => one.id)));
document.addEventListener("htmx:afterSwap", () => open.splice(0).forEach((id) => byId(id)?.setAttribute("open", "")));

// htmx keeps the focus on what has an id and comes back; else it would fall to the top of the page.
let within;
document.addEventListener("htmx:beforeSwap", (event) => (within = event.detail.target.contains(document.activeElement)));
document.addEventListener("htmx:afterSettle", (event) => {
  if (!within || document.activeElement !== document.body) return;
  within = false;
  event.target.tabIndex = -1;
  event.target.focus({ preventScroll: true });
});
