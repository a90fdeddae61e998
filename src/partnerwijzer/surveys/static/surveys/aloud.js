// data-aloud="id": a button that reads the text of that element aloud, and stops when pressed again.
// It shows only where the browser can speak.
for (const button of document.querySelectorAll("[data-aloud]")) {
  if (!("speechSynthesis" in window)) continue;
  const done = () => button.setAttribute("aria-pressed", "false");
  button.hidden = false;
  button.addEventListener("click", () => {
    const speaking = button.getAttribute("aria-pressed") === "true";
    speechSynthesis.cancel();
    if (speaking) return done();
    const words = new SpeechSynthesisUtterance(document.getElementById(button.dataset.aloud).textContent);
    const voices = speechSynthesis.getVoices();
    words.lang = "nl-BE";
    words.voice = voices.find((v) => v.lang === "nl-BE") ?? voices.find((v) => v.lang.startsWith("nl")) ?? null;
    words.rate = 0.9;
    words.onend = words.onerror = done;
    button.setAttribute("aria-pressed", "true");
    speechSynthesis.speak(words);
  });
}
addEventListener("pagehide", () => globalThis.speechSynthesis?.cancel());
