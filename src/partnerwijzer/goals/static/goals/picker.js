// data-goal-search: Enter searches instead of sending the whole form.
addEventListener("keydown", (e) => {
  if (e.key !== "Enter" || !e.target.matches?.("[data-goal-search]")) return;
  e.preventDefault();
  e.target.closest("[data-goal-picker]").querySelector("[data-goal-go]").click();
});
