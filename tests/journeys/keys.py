"""Keys: somebody who has a keyboard and no mouse. Every stop that is used shows its focus."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.journeys.person import Person

MOST = 200  # presses: a page that needs more is no page for a keyboard
FRAME = "body"
# Where the focus is, whether that shows, and whether it stands in sight and under nothing.
STOP = """() => {
  const el = document.activeElement;
  const rings = (e) => {
    const s = getComputedStyle(e);
    return s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 2
      && !/transparent|, 0\\)$/.test(s.outlineColor);
  };
  const around = [el, el.closest("label"), el.closest(".drop, .card")].filter(Boolean);
  const holder = around.find(rings);
  const box = (holder ?? el).getClientRects()[0] ?? new DOMRect();
  const points = [.1, .5, .9].flatMap((x) => [.2, .5, .8].map((y) =>
    [box.x + box.width * x, box.y + box.height * y]));
  const free = points.some(([x, y]) => {
    const hit = document.elementFromPoint(x, y);
    return hit && (holder ?? el).contains(hit);
  });
  const shows = !!holder && el.matches(":focus-visible");
  return { what: el.outerHTML.slice(0, 120), shows, free };
}"""
# All that Tab should reach, as numbers: of a group of radio buttons one.
REACHABLE = """() => {
  const all = [...document.querySelectorAll("*")];
  const groups = new Set();
  return all.flatMap((el, i) => {
    const wanted = el.matches("a[href], button, input, select, textarea, summary, [tabindex]")
      && el.tabIndex >= 0 && !el.disabled && el.type !== "hidden" && el.checkVisibility();
    if (!wanted) return [];
    if (el.type !== "radio") return [i];
    const group = `${[...document.forms].indexOf(el.form)} ${el.name}`;
    const some = el.form?.querySelector(`input[name="${CSS.escape(el.name)}"]:checked`);
    if (groups.has(group) || (some && some !== el)) return [];
    groups.add(group);
    return [i];
  });
}"""
NUMBER = "() => [...document.querySelectorAll('*')].indexOf(document.activeElement)"


@dataclass
class Keys:
    """A person at the keyboard. `person` reads the pages; nothing here clicks, fills or focuses."""

    person: Person

    @property
    def page(self) -> Page:
        return self.person.page

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def writes(self, text: str) -> None:
        """Types over what stands in the box that has the focus."""
        self.press("Control+a")
        self.page.keyboard.type(text)

    def goes_to(self, role: Any, name: str, *, of: str = "", back: bool = False) -> Locator:
        """Presses Tab until the thing with this role and name has the focus, which then shows.

        Args:
            of: the name of the group that it stands in.
            back: goes the other way, with Shift+Tab.
        """
        found = self._group(of).get_by_role(role, name=_begins(name))
        self._tabs_until(lambda: self._is_on(found), f"{role} {name}", back=back)
        return found

    def goes_to_fold(self, words: str) -> Locator:
        """Goes to the heading of something that opens and closes."""
        found = self.page.locator("summary", has_text=words)
        self._tabs_until(lambda: self._is_on(found), f"fold {words}")
        return found

    def follows(self, link: str) -> None:
        self.goes_to("link", link)
        self.sends()

    def presses(self, button: str, key: str = "Enter", *, of: str = "") -> None:
        self.goes_to("button", button, of=of)
        self.sends(key)

    def presses_in_vain(self, button: str, *errors: str) -> None:
        """What is wrong has the focus; the first link in it leads to the field that is meant."""
        self.presses(button)
        summary = self.page.locator("[data-focus]").first
        expect(summary).to_be_focused()
        for error in errors:
            expect(summary).to_contain_text(error)
        self.press("Tab", "Enter")
        assert self.page.evaluate("document.activeElement.matches('input, select, textarea')")
        self.shows()

    def sends(self, key: str = "Enter") -> None:
        """Presses a key that leads to another page, and has it looked at."""
        with self.page.expect_navigation(wait_until="load"):
            self.press(key)
        self.person.looks()

    def types(self, label: str, text: str, *, of: str = "", role: str = "textbox") -> None:
        self.goes_to(role, label, of=of)
        self.writes(text)

    def types_day(self, label: str, day: str) -> None:
        """A day (2026-11-22) in a date field."""
        box = self._box(label)
        self._tabs_until(lambda: self._is_on(box), label)
        self.writes_day(day)

    def writes_day(self, day: str) -> None:
        """In the field that has the focus, in the order in which this browser shows the parts."""
        year, month, number = day.split("-")
        box = self.page.locator("input:focus")
        for first, second in ((number, month), (month, number)):
            self.page.keyboard.type(first + second + year)
            if box.input_value() == day:
                return
            self.press("ArrowLeft", "ArrowLeft")
        raise AssertionError(f"{box.input_value()} instead of {day}")

    def types_hour(self, label: str, hour: str) -> None:
        """An hour (09:00) in a time field; where the browser counts to twelve, in the morning."""
        box = self._box(label)
        self._tabs_until(lambda: self._is_on(box), label)
        self.page.keyboard.type(hour.replace(":", "") + "a")
        assert box.input_value() == hour, f"{label}: {box.input_value()}"

    def chooses(self, name: str, *, of: str) -> None:
        """A radio button: Tab goes into the group, arrows move in it."""
        group = self._group(of)
        buttons = group.get_by_role("radio")
        wanted = group.get_by_role("radio", name=_begins(name)).first
        self._tabs_until(lambda: self._is_on(buttons), of)
        for _ in range(buttons.count()):
            if self._is_on(wanted):
                break
            self.press("ArrowDown")
        self.shows()
        if not wanted.is_checked():
            self.press("Space")
        expect(wanted).to_be_checked()

    def ticks(self, name: str, *, of: str = "") -> None:
        """A box of which the words have these in them."""
        box = self._group(of).get_by_role("checkbox", name=re.compile(rf"\b{name}(?!\w)")).first
        self._tabs_until(lambda: self._is_on(box), name)
        self.press("Space")
        expect(box).to_be_checked()

    def selects(self, label: str, option: str, *, of: str = "") -> None:
        """In a list that stays closed the arrows go from one choice to the next."""
        box = self.goes_to("combobox", label, of=of)
        for _ in range(box.locator("option").count()):
            if box.evaluate("(el) => el.selectedOptions[0].label") == option:
                return
            self.press("ArrowDown")
        raise AssertionError(f"{label}: no {option}")

    def shows(self) -> None:
        """Where the focus is can be seen, in sight and under nothing."""
        stop = self.page.evaluate(STOP)
        assert stop["shows"], f"no focus to be seen: {stop['what']}"
        assert stop["free"], f"out of sight or under something: {stop['what']}"

    def walks_round(self) -> None:
        """From the top, Tab reaches all there is and comes out at the end: nothing traps."""
        self._tabs_until(lambda: self._is_on(self.page.locator(".skip")), "the skip link")
        reached, same = [self._number()], 0
        for _ in range(MOST):
            self.press("Tab")
            number = self._number()
            same = same + 1 if number == reached[-1] else 0
            assert same < 6, f"trapped: {self.page.evaluate(STOP)['what']}"
            if number == reached[0]:
                break
            reached.append(number)
        missed = set(self.page.evaluate(REACHABLE)) - set(reached)
        assert not missed, f"{self.page.url}: Tab does not reach {self._outer(missed)}"

    def _tabs_until(self, there: Callable[[], bool], what: str, *, back: bool = False) -> None:
        for _ in range(MOST):
            if there():
                self.shows()
                return
            self.press("Shift+Tab" if back else "Tab")
        raise AssertionError(f"{self.page.url}: Tab does not lead to {what}")

    def _is_on(self, found: Locator) -> bool:
        there: bool = found.evaluate_all("(all) => all.includes(document.activeElement)")
        return there

    def _number(self) -> int:
        number: int = self.page.evaluate(NUMBER)
        return number

    def _outer(self, numbers: set[int]) -> list[str]:
        script = "(all) => all.map((i) => document.querySelectorAll('*')[i].outerHTML.slice(0, 90))"
        found: list[str] = self.page.evaluate(script, sorted(numbers))
        return found

    def _group(self, of: str) -> Locator:
        """The group or part of the page with a name that begins so; the whole page without one."""
        if not of:
            return self.page.locator(FRAME)
        words = re.compile(rf"^\s*{re.escape(of)}", re.IGNORECASE)
        named = self.page.get_by_role("group", name=words)
        return named.or_(self.page.get_by_role("region", name=words)).first

    def _box(self, label: str) -> Locator:
        return self.page.get_by_label(_begins(label)).and_(self.page.locator("input")).first


def _begins(words: str) -> re.Pattern[str]:
    return re.compile(rf"^\s*{re.escape(words)}(?!\w)", re.IGNORECASE)
