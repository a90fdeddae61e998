// data-rank: the answers of a ranking as buttons, which are pressed in order; a second press takes
// one back. The lists beside it, one for each place, hold what is sent, and are what shows without
// script.
for (const box of document.querySelectorAll("[data-rank]")) {
  const lists = [...box.parentElement.querySelectorAll(".places select")];
  const buttons = [...box.querySelectorAll("button")];
  let order = [];

  const read = () => (order = [...new Set(lists.map((list) => list.value).filter(Boolean))]);
  const show = () => {
    for (const button of buttons) {
      const place = order.indexOf(button.value);
      button.setAttribute("aria-pressed", place >= 0);
      button.disabled = place < 0 && order.length === lists.length;
      button.firstElementChild.textContent = place < 0 ? "" : place + 1;
      button.lastElementChild.textContent = place < 0 ? "" : lists[place].labels[0].textContent;
    }
  };
  const write = () => {
    for (const [place, list] of lists.entries()) list.value = order[place] ?? "";
    lists[0].dispatchEvent(new Event("change", { bubbles: true })); // what is typed is kept along
    show();
  };
  for (const button of buttons)
    button.addEventListener("click", () => {
      order = order.includes(button.value)
        ? order.filter((value) => value !== button.value)
        : [...order, button.value];
      write();
    });
  for (const name of ["keep:written", "reset"])
    lists[0].form?.addEventListener(name, () => setTimeout(() => (read(), show())));
  read();
  show();
  box.hidden = false;
  lists[0].closest(".places").hidden = true;
}
