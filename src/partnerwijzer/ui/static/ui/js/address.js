// [data-address]: the address of what shows here, where another address led to it at once.
import { each } from "./page.js";

each("[data-address]", (place) => {
  if (place.dataset.address !== location.pathname)
    history.replaceState(history.state, "", place.dataset.address + location.hash);
});
