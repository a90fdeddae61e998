"""A message of the page lies on nothing that somebody needs."""

import pytest
from playwright.sync_api import expect

from tests.browsing import Visitor

# The lowest button and the message, once one scrolled to the end: how far they are apart.
APART = """() => {
  scrollTo(0, document.documentElement.scrollHeight);
  const box = (one) => document.querySelector(one).getBoundingClientRect();
  return box(".toast").top - box("main .btn").bottom;
}"""


@pytest.mark.parametrize("frame", ["page", "open"])
@pytest.mark.parametrize(("width", "height"), [(390, 844), (390, 480), (1280, 900), (1280, 600)])
def test_a_message_leaves_the_lowest_button_free(
    head: Visitor, frame: str, width: int, height: int
) -> None:
    page = head.page
    page.set_viewport_size({"width": width, "height": height})
    head.open(f"/proef/gemeld/{frame}/")

    message = page.locator(".toast")
    expect(message).to_be_in_viewport(ratio=1)
    assert page.evaluate(APART) >= 0
    expect(message).to_be_in_viewport(ratio=1)
    message.get_by_role("button", name="Sluit").click()
    expect(message).to_have_count(0)
