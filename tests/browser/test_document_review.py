"""Papers reviewed at the desk, by keyboard wherever that is quicker."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.api.seed_papers import NAME
from tests.browser.conftest import Watched
from tests.browser.test_desk_in_the_browser import picture, tab

pytestmark = [pytest.mark.browser]


def open_papers(watched: Watched, user: str = "ivan") -> Page:
    """Sign in, open the case, take it, and look at its documents."""
    page = watched.page
    watched.sign_in(user)
    page.get_by_role("button", name=NAME).click()
    expect(page.get_by_role("heading", name=NAME)).to_be_visible()
    page.get_by_role("button", name="Take this case").click()
    expect(page.get_by_text("The case is yours.")).to_be_visible()
    tab(page, "Documents")
    expect(page.get_by_text("Required and not found (1)")).to_be_visible()
    return page


def settle(page: Page) -> None:
    """Wait until the screen stands still."""
    page.wait_for_timeout(300)
    expect(page.get_by_test_id("stStatusWidget")).to_have_count(0)


def test_a_passport_is_reviewed_by_keyboard(watched: Watched, pictures: Path) -> None:
    page = open_papers(watched)
    expect(page.get_by_text("of 6 documents need a person")).to_be_visible()
    picture(page, pictures, "review-first", height=1250)
    page.keyboard.press("e")
    entry = page.get_by_label("What the page shows")
    expect(entry).to_be_visible()
    entry.fill("01 AUG 2031")
    entry.press("Enter")
    expect(page.get_by_text("Entered. The checks ran again")).to_be_visible()
    picture(page, pictures, "review-entered", height=1250)
    expect(page.get_by_role("img", name="Date of birth framed, page 1 of 1")).to_be_visible()
    page.keyboard.press("e")
    expect(entry).to_have_value("11 MAY 1984")
    entry.fill("some day in May")
    entry.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Write a day that can be read in one way")
    picture(page, pictures, "review-refused", height=1250)
    entry.fill("17 MAY 1984")
    entry.press("Enter")
    expect(page.get_by_text("Corrected. The checks ran again")).to_be_visible()
    settle(page)
    page.keyboard.press("a")
    expect(page.get_by_text("Accepted.", exact=False).first).to_be_visible()
    picture(page, pictures, "review-accepted", height=1250)
    page.keyboard.press("n")
    settle(page)
    picture(page, pictures, "review-next", height=1250)
