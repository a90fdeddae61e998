// data-goal-search: Enter searches instead of sending the whole form.
addEventListener("keydown", (e) => {
  if (e.key !== "Enter" || !e.target.matches?.("[data-goal-search]")) return;
  e.preventDefault();
  e.target.closest("[data-goal-picker]").querySelector("[data-goal-go]").click();
});

// What is ticked or unticked while an answer is on its way counts too: carry it over into the answer.
const boxes = (part) => [...part.querySelectorAll("input[type=checkbox]")];
let before = null;
addEventListener("htmx:beforeSwap", (e) => {
  const part = e.detail.target;
  before = part.matches?.("[data-goal-picks]") ? boxes(part) : null;
});
addEventListener("htmx:afterSwap", (e) => {
  const part = e.detail.target;
  if (!before || !part.matches?.("[data-goal-picks]")) return;
  const now = new Map(boxes(part).map((box) => [box.value, box]));
  const missing = before.filter((box) => box.checked && !now.has(box.value));
  for (const box of before) if (now.has(box.value)) now.get(box.value).checked = box.checked;
  if (missing.length) part.prepend(...missing.map((box) => box.closest("label")));
  before = null;
});
