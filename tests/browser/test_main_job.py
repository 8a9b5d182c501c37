"""The main job as a user has it: worked cases of the real graph, decided by two people."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from casegate.cli.demo import EXAMPLES, prepare, submit_all
from casegate.cli.wiring import kernel, settings_in
from tests.browser.conftest import Watched, serving, watching
from tests.browser.test_desk_in_the_browser import (
    approve_as,
    choose,
    picture,
    refused_as_own,
    tab,
    write,
)

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SUBJECT = "Rosalind Lee Brackenridge"
DEPOSITS = "made 6 cash deposits totalling"


@pytest.fixture(scope="module")
def worked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Work the example cases by the real graph and gates, and serve them as `make demo` does."""
    data = tmp_path_factory.mktemp("worked")
    settings = settings_in(data)
    with kernel(settings) as parts:
        prepare(settings, parts)
        submit_all(parts, EXAMPLES)
    # A process of its own: the browser's driver keeps an event loop in this one.
    (data / "plan").write_text("")
    command = [sys.executable, "-m", "tests.replay.dying_worker", str(data), str(data / "plan")]
    subprocess.run(command, check=True, timeout=300)
    with serving("server:app", data) as address:
        yield address


@pytest.fixture
def page_of(worked: str, chromium: Browser) -> Iterator[Watched]:
    """Give a fresh page on the worked cases."""
    with watching(worked, chromium) as page:
        yield page


def test_the_structuring_alert_becomes_a_decision_signed_by_two_people(
    page_of: Watched, pictures: Path
) -> None:
    page = page_of.page
    page_of.sign_in("ivan")
    expect(page.get_by_role("button", name=SUBJECT)).to_be_visible()
    picture(page, pictures, "queue", height=720)
    page.get_by_role("button", name=SUBJECT).click()
    expect(page.get_by_text(DEPOSITS).first).to_be_visible()
    picture(page, pictures, "case", height=1300)
    tab(page, "Documents")
    page.wait_for_timeout(1500)
    picture(page, pictures, "documents", height=1150)
    tab(page, "Transactions")
    expect(page.get_by_test_id("stDataFrame").locator("canvas").first).to_be_visible()
    picture(page, pictures, "transactions", height=1200)
    page.get_by_role("button", name="Take this case").click()
    page.get_by_role("button", name="Decide").click()
    choose(page, "Reason code", "Structuring")
    write(page, "Rationale", "Six cash deposits below the threshold, sent abroad within two days.")
    picture(page, pictures, "decide", height=1500)
    for box in page.get_by_role("checkbox").all():
        if "I have" in (box.get_attribute("aria-label") or ""):
            box.check(force=True)
    page.get_by_role("button", name="Hand in for approval").click()
    expect(page.get_by_text("Waits for approval")).to_be_visible()
    refused_as_own(page)
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("link", name="Sign in").click()
    approve_as(page_of, "mira", SUBJECT, pictures)
    expect(page.get_by_text("Approved, to be filed")).to_be_visible()


def test_the_possible_match_waits_for_a_person_and_shows_why(
    page_of: Watched, pictures: Path
) -> None:
    page = page_of.page
    page_of.sign_in("ana")
    page.get_by_role("button", name="Viktor Arkadyevich Solmenko").click()
    expect(page.get_by_text("Open hits").first).to_be_visible()
    tab(page, "Screening")
    expect(page.get_by_text("Demo list, fictional.")).to_be_visible()
    picture(page, pictures, "screening", height=1000)
