// A form that is being sent: its button says so and a second press does nothing. The server has
// its own guard ({% once %}); this one is for the eye. data-autosubmit: sends itself on a change.
import { each } from "./page.js";

const LONG = 10000;
const posts = (form) => form.method === "post";

each("form", (form) => {
  // What the server says about a mistake is in plain words and stays; the browser's bubble is not.
  if (posts(form)) form.noValidate = true;
});

function busy(form, button) {
  form.dataset.sending = "";
  button?.setAttribute("aria-busy", "true");
  // A download gives no new page: after a while the form may be sent again.
  setTimeout(() => free(form), LONG);
}
function free(form) {
  delete form.dataset.sending;
  for (const button of form.querySelectorAll("[aria-busy]")) button.removeAttribute("aria-busy");
}

addEventListener("submit", (event) => {
  const form = event.target;
  const button = event.submitter;
  if (event.defaultPrevented || !posts(form) || button?.formMethod === "dialog") return;
  if ("sending" in form.dataset) event.preventDefault();
  else busy(form, button);
});
addEventListener("pageshow", (event) => {
  if (event.persisted) document.querySelectorAll("form[data-sending]").forEach(free);
});
document.addEventListener("htmx:beforeRequest", (event) => {
  const { elt, requestConfig } = event.detail;
  if (elt.matches?.("form") && requestConfig.verb !== "get") busy(elt, requestConfig.triggeringEvent?.submitter);
});
document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.detail.elt;
  if (form.matches?.("form")) free(form);
});
document.addEventListener("change", (event) => {
  const form = event.target.form;
  // A form of htmx says itself when it asks.
  if (form?.matches("[data-autosubmit]:not([hx-get],[hx-post])")) form.requestSubmit();
});
