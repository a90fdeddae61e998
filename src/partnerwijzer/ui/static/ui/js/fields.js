// Small help in fields. data-count="id": characters used · data-reveal="id": show a password ·
// data-copy="id": copy that field · data-select: selects all when one goes in · a chosen file's name.
import { at, byId, each, say } from "./page.js";

const number = (n) => n.toLocaleString("nl-BE");

each("[data-count]", (box) => {
  const place = byId(box.dataset.count);
  const most = Number(box.dataset.longest ?? (box.maxLength > 0 ? box.maxLength : 0));
  const count = () => {
    const over = box.value.length - most;
    place.textContent = over > 0 ? say("too-long", number(over)) : say("used", number(box.value.length), number(most));
    place.classList.toggle("over", over > 0);
  };
  box.addEventListener("input", count);
  box.form?.addEventListener("keep:written", count);
  if (box.value) count();
});
each("[data-reveal]", (button) => {
  const box = byId(button.dataset.reveal);
  const show = (on) => {
    box.type = on ? "text" : "password";
    button.setAttribute("aria-pressed", on);
  };
  button.hidden = false;
  button.addEventListener("click", () => show(box.type === "password"));
  // Nothing may be kept by the browser as if it were an ordinary word.
  box.form?.addEventListener("submit", () => show(false));
});
each("[data-copy]", (button) => {
  if (!navigator.clipboard) return;
  const words = button.lastChild;
  const before = words.textContent;
  button.hidden = false;
  button.setAttribute("aria-live", "polite");
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(byId(button.dataset.copy).value);
    words.textContent = say("copied");
    setTimeout(() => (words.textContent = before), 3000);
  });
});
each(".drop input[type=file]", (input) => {
  const place = input.parentElement.querySelector("output");
  const tell = () => (place.textContent = [...input.files].map((f) => `${f.name} (${size(f.size)})`).join(", "));
  input.addEventListener("change", tell);
  for (const type of ["dragenter", "dragleave", "drop"])
    input.addEventListener(type, () => input.parentElement.classList.toggle("over", type === "dragenter"));
});
const size = (bytes) => (bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1e3))} kB` : `${number(Math.round(bytes / 1e5) / 10)} MB`);

document.addEventListener("focusin", (event) => at(event, "[data-select]")?.select());
