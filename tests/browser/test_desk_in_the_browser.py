"""A case from the queue to its end, by hand, with real processes and a real browser."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.api.seed import open_desk, put_into_queue
from tests.browser.conftest import Watched

pytestmark = [pytest.mark.browser, pytest.mark.slow]

HOSTILE = "![x](https://evil.example/p.png) <img src=//evil.example onerror=alert(1)> Doe"
"""A customer's name that would reach out of the house wherever it were taken for more than text."""

WRONG = "Four cash deposits totalling 39,400.00 USD were made."
RIGHT = "Four cash deposits totalling 37,400.00 USD were made."


def picture(page: Page, folder: Path, name: str, *, height: int = 900) -> None:
    page.set_viewport_size({"width": 1280, "height": height})
    page.wait_for_timeout(800)
    page.screenshot(path=folder / f"{name}.png")
    page.set_viewport_size({"width": 1280, "height": 900})


def tab(page: Page, name: str) -> None:
    page.get_by_role("tab", name=name, exact=True).click()
    expect(page.get_by_role("tab", name=name, exact=True)).to_have_attribute(
        "aria-selected", "true"
    )


def choose(page: Page, field: str, option: str) -> None:
    page.get_by_label(field, exact=True).click()
    page.get_by_role("option", name=option, exact=True).click()


def write(page: Page, field: str, text: str) -> None:
    page.get_by_label(field, exact=True).fill(text)
    page.get_by_label(field, exact=True).blur()


def tick(page: Page, name: str) -> None:
    page.locator("label").filter(has_text=name).click()
    expect(page.get_by_role("checkbox", name=name)).to_be_checked()


def test_a_suspicious_case_is_decided_by_one_person_and_approved_by_another(
    watched: Watched, pictures: Path
) -> None:
    page = watched.page
    watched.sign_in("ivan")
    name = page.get_by_role("button", name="Rosalind Lee Brackenridge")
    expect(name).to_be_visible()
    picture(page, pictures, "queue", height=560)
    name.press("Enter")
    expect(page.get_by_role("heading", name="Rosalind Lee Brackenridge")).to_be_visible()
    expect(page.get_by_text("Four cash deposits totalling")).to_be_visible()
    picture(page, pictures, "case", height=1000)
    look_around(page, pictures)
    page.get_by_role("button", name="Take this case").click()
    page.get_by_role("button", name="Decide").click()
    decide(page, pictures)
    refused_as_own(page)
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("link", name="Sign in").click()
    approve_as(watched, "mira", "Rosalind Lee Brackenridge", pictures)
    expect(page.get_by_text("Approved, to be filed")).to_be_visible()


def look_around(page: Page, pictures: Path) -> None:
    """Open what a sentence rests on, a document, the hit and the transactions."""
    page.get_by_text("1 fact, planned by the model").nth(1).click()
    expect(page.get_by_text("each below the reporting threshold").last).to_be_visible()
    tab(page, "Documents")
    expect(page.get_by_role("img", name="Full name framed, page 1 of 1")).to_be_visible()
    picture(page, pictures, "documents", height=1150)
    tab(page, "Screening")
    expect(page.get_by_text("Demo list, fictional.")).to_be_visible()
    picture(page, pictures, "screening", height=1000)
    tab(page, "Transactions")
    expect(page.get_by_test_id("stDataFrame").locator("canvas").first).to_be_visible()
    picture(page, pictures, "transactions", height=1200)


def decide(page: Page, pictures: Path) -> None:
    """Write something wrong, be told, mend it, forget the ticks, be told, hand in."""
    page.get_by_text("Change the narrative").click()
    write(page, "Sentence 2, body", WRONG)
    expect(page.get_by_text("Nearest in the records: F2.total 37,400.00 USD")).to_be_visible()
    choose(page, "Reason code", "Structuring")
    write(page, "Rationale", "Deposits kept below the threshold, without a lawful source.")
    page.get_by_role("button", name="Hand in for approval").click()
    expect(page.get_by_text("The gate does not let this pass:")).to_be_visible()
    expect(page.get_by_text("Sentence 2: unsupported amount")).to_be_visible()
    picture(page, pictures, "decide", height=1500)
    write(page, "Sentence 2, body", RIGHT)
    expect(page.get_by_text("Nearest in the records")).to_have_count(0)
    tick(page, "I have read SAR-05")
    tick(page, "I have judged sentence 4 myself")
    page.get_by_role("button", name="Hand in for approval").click()
    expect(page.get_by_text("Waits for approval")).to_be_visible()


def refused_as_own(page: Page) -> None:
    """Try to approve one's own decision."""
    expect(page.get_by_text("You made this decision.")).to_be_visible()
    page.get_by_role("button", name="Approve this decision").click()
    expect(page.get_by_role("alert")).to_contain_text("A second person has to approve.")
    expect(page.get_by_text("Waits for approval")).to_be_visible()


def approve_as(watched: Watched, user: str, subject: str, pictures: Path | None = None) -> None:
    """Sign in, find the case among those to approve, read and approve it."""
    page = watched.page
    watched.sign_in(user)
    page.get_by_text("To approve", exact=True).click()
    page.get_by_role("button", name=subject).click()
    page.get_by_role("button", name="Read the decision").click()
    expect(page.get_by_text("What an approval is bound to")).to_be_visible()
    if pictures is not None:
        picture(page, pictures, "approval", height=1500)
    page.get_by_role("button", name="Approve this decision").click()


def test_an_onboarding_ends_closed_and_the_log_is_whole(watched: Watched, pictures: Path) -> None:
    page = watched.page
    watched.sign_in("ana")
    page.get_by_role("button", name="Linnea Joy Lindqvale").click()
    page.get_by_role("button", name="Take this case").click()
    page.get_by_role("button", name="Decide").click()
    choose(page, "Reason code", "Identity and ownership confirmed")
    write(page, "Rationale", "Documents agree.")
    tick(page, "I have read SAR-05")
    page.get_by_role("button", name="Hand in for approval").click()
    expect(page.get_by_text("Waits for approval")).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    approve_as(watched, "mira", "Linnea Joy Lindqvale")
    expect(page.get_by_text("Closed", exact=True)).to_be_visible()
    page.get_by_role("link", name="Audit log").click()
    page.get_by_role("button", name="Verify the whole log").click()
    expect(page.get_by_text("The log is whole")).to_be_visible()
    picture(page, pictures, "audit", height=640)


def test_a_hostile_name_is_text_on_every_screen(watched: Watched, data_folder: Path) -> None:
    kernel = open_desk(data_folder)
    put_into_queue(kernel, "seasonal-business", vague=True, subject=HOSTILE)
    kernel.close()
    page = watched.page
    watched.sign_in("ivan")
    page.get_by_role("button", name=HOSTILE).click()
    expect(page.get_by_role("heading", name=HOSTILE)).to_be_visible()
    for name in ("Narrative", "Findings", "Screening", "Transactions", "Customer", "Evidence"):
        tab(page, name)
        page.wait_for_timeout(600)
    tab(page, "Documents")
    page.wait_for_timeout(600)
    page.get_by_role("button", name="Take this case").click()
    page.get_by_role("button", name="Decide").click()
    page.get_by_text("Change the narrative").click()
    expect(page.get_by_label("Sentence 1, introduction")).to_be_visible()


def test_a_case_in_preparation_shows_where_it_stands(watched: Watched) -> None:
    page = watched.page
    watched.sign_in("ana")
    page.get_by_text("Being prepared", exact=True).click()
    page.get_by_role("button", name="Copperbeech Cycles LLC").click()
    expect(page.get_by_text("Waits for the worker.")).to_be_visible()


def test_a_reload_and_a_link_keep_the_session_and_the_place(watched: Watched) -> None:
    page = watched.page
    watched.sign_in("otto")
    page.get_by_text("Being prepared", exact=True).click()
    page.get_by_role("button", name="Copperbeech Cycles LLC").click()
    page.wait_for_url("**/case?id=*")
    page.reload()
    expect(page.get_by_text("This case is being prepared")).to_be_visible()
    place = page.url
    page.context.clear_cookies()
    page.goto(place)
    page.get_by_label("User").fill("otto")
    page.get_by_label("Password").fill("casegate-demo")
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(place)
    expect(page.get_by_text("This case is being prepared")).to_be_visible()


@pytest.mark.parametrize("path", ["", "sign-in", "case?id=c-1", "static/nothing.js"])
def test_every_answer_of_the_desk_carries_the_policy(watched: Watched, path: str) -> None:
    answer = watched.page.request.get(watched.address + path)
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe-eval" not in policy
