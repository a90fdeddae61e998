// input[type=date]: says the day in words below it. The browser draws the field in its own language,
// which may put the month first; the words leave no doubt.
import { each } from "./page.js";

const words = new Intl.DateTimeFormat(document.documentElement.lang, { weekday: "long", day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });

each("input[type=date]", (input) => {
  const place = document.createElement("span");
  place.className = "muted small day";
  place.setAttribute("aria-live", "polite");
  input.after(place);
  const tell = () => (place.textContent = input.valueAsDate ? words.format(input.valueAsDate) : "");
  input.addEventListener("change", tell);
  input.form?.addEventListener("keep:written", tell);
  tell();
});
