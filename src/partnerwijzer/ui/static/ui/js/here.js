// [data-here]: tells the server that this page is open, and shows who else has it open.
import { each } from "./page.js";

const EVERY = 20000;

function follow(place) {
  let typed = false;
  let timer;
  const tell = async () => {
    // htmx took it out of the page: another one follows in its place.
    if (!place.isConnected) return clearInterval(timer);
    if (document.hidden) return;
    const body = new URLSearchParams({ waar: place.dataset.hereAt, typt: typed ? "1" : "" });
    typed = false;
    const headers = JSON.parse(document.body.getAttribute("hx-headers") ?? "{}");
    const answer = await fetch(place.dataset.here, { method: "POST", body, headers }).catch(() => null);
    if (answer && !answer.ok) clearInterval(timer);
    const words = answer?.ok ? (await answer.text()).trim() : "";
    if (words !== place.innerHTML.trim()) place.innerHTML = words;
  };
  timer = setInterval(tell, EVERY);
  addEventListener("input", () => (typed = true));
  document.addEventListener("visibilitychange", tell);
  tell();
}

each("[data-here]", follow);
