"""Screening hits settled at the desk by two people, in Chromium."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.api.seed_hits import SUBJECT
from tests.browser.conftest import Watched
from tests.browser.test_desk_in_the_browser import picture, tab

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def open_hits(watched: Watched, user: str) -> Page:
    """Sign in, open the case, and look at its hits."""
    page = watched.page
    watched.sign_in(user)
    page.get_by_role("button", name=SUBJECT).first.click()
    expect(page.get_by_role("heading", name=SUBJECT).first).to_be_visible()
    return page


def test_a_hit_is_answered_by_keyboard_and_seconded_by_a_colleague(
    watched: Watched, pictures: Path
) -> None:
    page = open_hits(watched, "ana")
    page.get_by_role("button", name="Take this case").click()
    expect(page.get_by_text("The case is yours.")).to_be_visible()
    tab(page, "Screening")
    expect(page.get_by_text("2 open hits, 1 settled or suppressed")).to_be_visible()
    picture(page, pictures, "hits-open", height=1900)
    page.get_by_text("False positive: another person").click()
    page.keyboard.press("Tab")
    page.keyboard.type("Another passport number and another nationality.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Answered: false positive.")).to_be_visible()
    expect(page.get_by_text("Waits for a second person").first).to_be_visible()
    picture(page, pictures, "hits-waiting", height=1500)
    page.get_by_text("Settled and suppressed (1)").click()
    expect(page.get_by_text("Suppressed until").first).to_be_visible()
    picture(page, pictures, "hits-suppressed", height=2400)
    page.get_by_role("button", name="Sign out").click()
    tab(open_hits(watched, "mira"), "Screening")
    page.get_by_text("I agree", exact=True).click()
    page.get_by_label("Why, in your own words").fill("Passport and entry compared.")
    picture(page, pictures, "hits-second", height=1900)
    page.get_by_role("button", name="Save as second person").click()
    expect(page.get_by_text("You agreed: the answer counts.")).to_be_visible()
    expect(page.get_by_text("1 open hit, 2 settled or suppressed")).to_be_visible()
    picture(page, pictures, "hits-seconded", height=1700)
