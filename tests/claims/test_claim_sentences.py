"""What the claim gate says of single sentences: the table is the contract."""

import pytest

from casegate.model.dossier import Dossier
from casegate.model.narrative import ClaimKind, ClaimVerdict, OutputKind, SentenceText
from guardrails.claims import FactClaimGate
from tests.claims.conftest import Check
from tests.claims.dossiers import dossier_of
from tests.narrative.example_facts import company_two_owners

TRUE = (
    "Marta Velde made 5 cash deposits totalling $47,300.00 into account 4471-8820-19 between "
    "March 4, 2026 and March 11, 2026.",
    "Also, Marta Velde made five cash deposits totalling $47,300 into account 4471 8820 19 "
    "between 4 March 2026 and 2026-03-11.",
    "Between March 4 and March 11, 2026, Ms. Velde deposited cash on five occasions, for a total "
    "of $47,300, into account 4471-8820-19.",
    "Marta Velde made five cash deposits of between $9,100 and $9,800 each, all below the $10,000 "
    "reporting threshold.",
    "On March 5, 2026 a cash deposit of $9,400 was made at the Market Square branch.",
    "On Thursday, March 5, 2026 a cash deposit of $9,400 was made at Market Square.",
    "Two wire transfers totalling $44,900 were sent to Baltic Trade OU in Estonia on 03/12/2026.",
    "The customer sent $44,900 to Baltic Trade OU in two transfers on 12 March 2026.",
    "Credits of $47,300 in March 2026 exceeded the declared monthly credits of $6,000.",
    "The deposits totalled forty-seven thousand three hundred dollars.",
    "The deposits totalled USD 47.3k.",
    "The deposits totalled 47300 dollars.",
    "The deposits totalled $47'300.00.",
    "The deposits totalled US$ 47 300,00.",
    "Marta Velde is a florist and has been a customer since May 3, 2021.",
    "She deposited $9,500 on March 4, $9,400 on March 5, $9,800 on March 6, $9,100 on March 9 and "
    "$9,500 on March 11, 2026.",
    "Three of the deposits, totalling $28,800, were made at Harbour Street and two, totalling "
    "$18,500, at Market Square.",
    "Within 36 hours $44,900, or 95% of the funds received, left the account.",
    "Five cash deposits totalling $47,300 were followed by two transfers totalling $44,900 to "
    "Baltic Trade OU.",
    "There are no prior cases on Marta Velde.",
    "Two parties were screened against the OFAC SDN list of February 27, 2026, and no hit was "
    "found.",
    "Account 4471-8820-19 was opened at Harbour Street on May 3, 2021.",
)

FALSE = (
    ("amount", "Ms. Velde deposited cash on five occasions, for a total of $47,800."),
    ("amount in words", "The deposits totalled forty-seven thousand four hundred dollars."),
    ("amount ten times", "Ms. Velde deposited $473,000 in cash."),
    ("unreadable amount", "Ms. Velde deposited $47,3000 in cash."),
    ("other currency", "The deposits totalled EUR 47,300."),
    ("negative amount", "The deposits totalled -$47,300."),
    ("count", "Ms. Velde deposited cash on six occasions, for a total of $47,300."),
    ("count of another thing", "Ms. Velde deposited $47,300 in cash at five branches."),
    ("one for five", "One cash deposit totalling $47,300 was made."),
    ("last day", "Ms. Velde made five cash deposits between March 4 and March 12, 2026."),
    ("days reversed", "Ms. Velde made five cash deposits between March 11 and March 4, 2026."),
    ("one day for a span", "Marta Velde made five cash deposits totalling $47,300 on March 4, "
                           "2026."),
    ("no such day", "A cash deposit of $9,500 was made on February 30, 2026."),
    ("weekday", "On Monday, March 5, 2026 a cash deposit of $9,400 was made."),
    ("month and day exchanged", "A cash deposit of $9,400 was made on 05/03/2026."),
    ("account", "Ms. Velde made five cash deposits into account 4471-8820-18."),
    ("longer account", "Ms. Velde made five cash deposits into account 4471-8820-19-77."),
    ("unknown name", "John Smith made five cash deposits totalling $47,300."),
    ("unknown surname", "Smith deposited $9,500 on March 4, 2026."),
    ("other known name", "Baltic Trade OU made five cash deposits totalling $47,300."),
    ("direction", "Ms. Velde withdrew cash on five occasions, for a total of $47,300."),
    ("direction of a transfer", "Two wire transfers totalling $44,900 were received from Baltic "
                                "Trade OU."),
    ("sender and recipient", "Baltic Trade OU sent $44,900 to Marta Velde in two transfers."),
    ("channel", "Marta Velde made five wire deposits totalling $47,300."),
    ("amount of another day", "On March 5, 2026 a cash deposit of $9,500 was made."),
    ("place of another day", "On March 5, 2026 a cash deposit of $9,400 was made at Harbour "
                             "Street."),
    ("pairs in a list", "She deposited $9,400 on March 4 and $9,500 on March 5, 2026."),
    ("totals exchanged", "Three deposits, totalling $18,500, were made at Harbour Street and two, "
                         "totalling $28,800, at Market Square."),
    ("total of another fact", "Two wire transfers totalling $47,300 were sent to Baltic Trade OU."),
    ("total told of each", "Five cash deposits of $47,300 each were made."),
    ("country", "Two wire transfers totalling $44,900 were sent to Baltic Trade OU in Panama."),
    ("percent", "Within 36 hours $44,900, or 92% of the funds received, left the account."),
    ("duration", "Within 24 hours $44,900 left the account."),
    ("multiple", "Credits in March 2026 were 9.7 times the declared $6,000."),
    ("measured and expected exchanged", "Credits of $6,000 in March 2026 exceeded the declared "
                                        "monthly credits of $47,300."),
    ("comparison", "Credits of $47,300 in March 2026 were below the declared monthly credits of "
                   "$6,000."),
    ("negated", "Marta Velde did not make five cash deposits totalling $47,300."),
    ("never", "Marta Velde never deposited $47,300 in cash."),
    ("a hit where there was none", "Two parties were screened against the OFAC SDN list of "
                                   "February 27, 2026, and a hit was found."),
    ("customer since", "Marta Velde has been a customer since May 3, 2020."),
    ("birth told as since", "Marta Velde has been a customer since February 17, 1984."),
    ("alert id", "Alert AL-2026-0318 was raised on March 20, 2026."),
    ("invented transaction", "Transaction TX-99812 was made in cash."),
    ("clock time", "A cash deposit of $9,500 was made on March 4, 2026 at 14:35."),
    ("phone number", "Marta Velde can be reached under 555-0134."),
    ("web address", "See www.example.com for the deposits."),
    ("then against time", "Then, On March 4, 2026, $9,500.00 in cash was withdrawn from account "
                          "4471-8820-19 at Harbour Street."),
)  # fmt: skip

BAD = {ClaimVerdict.UNSUPPORTED, ClaimVerdict.CONTRADICTED}


@pytest.mark.parametrize("text", TRUE)
def test_a_faithful_sentence_is_supported_in_any_of_its_forms(check: Check, text: str) -> None:
    sentence = check(text)
    assert sentence.verdict is ClaimVerdict.SUPPORTED, sentence.claims
    assert all(c.record for c in sentence.claims)


@pytest.mark.parametrize("text", [t for _, t in FALSE], ids=[name for name, _ in FALSE])
def test_a_false_sentence_is_contradicted_or_unsupported(check: Check, text: str) -> None:
    assert check(text).verdict in BAD, check(text).claims


@pytest.mark.parametrize(
    "text",
    [
        "The customer has not yet answered the letter.",
        "It is not the case that Marta Velde made 5 cash deposits totalling $47,300.00 into "
        "account 4471-8820-19 between March 4, 2026 and March 11, 2026.",
        "The five cash deposits totalling $47,300 were not explained.",
        "In March 2026 the account received $47,300, about eight times the declared $6,000.",
        "Marta Velde, who was nervous, made five cash deposits.",
        "Marta Velde allegedly made five cash deposits.",
        "Marta Velde knows Baltic Trade OU.",
    ],
)
def test_what_no_record_tells_is_left_to_a_persons_tick(check: Check, text: str) -> None:
    assert check(text).verdict is ClaimVerdict.NOT_CHECKABLE


def test_a_miss_names_what_would_be_right(check: Check) -> None:
    sentence = check("Ms. Velde deposited cash on five occasions, for a total of $47,800.")
    miss = next(c for c in sentence.claims if c.verdict in BAD)
    assert (miss.kind, miss.text) == (ClaimKind.AMOUNT, "$47,800")
    assert miss.nearest == "F7.total 47,300.00 USD"


def test_a_value_that_stands_elsewhere_is_contradicted_and_one_that_stands_nowhere_unsupported(
    check: Check,
) -> None:
    elsewhere = check("On March 5, 2026 a cash deposit of $9,500 was made.")
    nowhere = check("On March 5, 2026 a cash deposit of $9,501 was made.")
    assert elsewhere.verdict is ClaimVerdict.CONTRADICTED
    assert nowhere.verdict is ClaimVerdict.UNSUPPORTED


@pytest.mark.parametrize(
    ("evidence", "verdict"),
    [
        (("E4",), ClaimVerdict.SUPPORTED),
        ((), ClaimVerdict.SUPPORTED),
        (("E4", "E1"), ClaimVerdict.SUPPORTED),
        (("E3",), ClaimVerdict.CONTRADICTED),
        (("E99",), ClaimVerdict.CONTRADICTED),
        (("E4", "E99"), ClaimVerdict.UNSUPPORTED),
    ],
)
def test_cited_evidence_must_exist_and_carry_the_fact(
    check: Check, evidence: tuple[str, ...], verdict: ClaimVerdict
) -> None:
    assert check(TRUE[0], *evidence).verdict is verdict
    marked = f"{TRUE[0]} [{', '.join(evidence)}]" if evidence else TRUE[0]
    assert check(marked).verdict is verdict


def test_a_sentence_without_evidence_is_said_to_have_none(check: Check) -> None:
    assert check(TRUE[0]).reasons == ("uncited: the sentence names no evidence",)
    assert check(TRUE[0], "E4").reasons == ()


def test_several_sentences_in_one_are_checked_each_and_the_worst_counts(check: Check) -> None:
    both = check(f"{TRUE[0]} Ms. Velde deposited $1 in cash.")
    assert both.verdict is ClaimVerdict.UNSUPPORTED


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Anna Bell holds 60 percent of Harbour Foods GmbH and Ben Cole holds 40 percent.",
         ClaimVerdict.SUPPORTED),
        ("Anna Bell holds 40 percent of Harbour Foods GmbH.", ClaimVerdict.CONTRADICTED),
        ("Anna Bell holds 60% and Ben Cole 40% of Harbour Foods GmbH.", ClaimVerdict.SUPPORTED),
        ("Anna Bell holds 40% and Ben Cole 60% of Harbour Foods GmbH.", ClaimVerdict.CONTRADICTED),
        ("60% of Harbour Foods GmbH is held by Anna Bell.", ClaimVerdict.SUPPORTED),
        ("Harbour Foods GmbH holds 60% of Anna Bell.", ClaimVerdict.CONTRADICTED),
        ("Harbour Foods GmbH controls Anna Bell.", ClaimVerdict.CONTRADICTED),
        ("Ben Cole controls Harbour Foods GmbH.", ClaimVerdict.CONTRADICTED),
    ],
)  # fmt: skip
def test_who_owns_whom_is_held_against_the_record(
    gate: FactClaimGate, text: str, verdict: ClaimVerdict
) -> None:
    owners = dossier_of(company_two_owners(), jurisdiction="DE")
    report = gate(owners, [SentenceText(text=text)], OutputKind.KYC_MEMO)
    assert report.sentences[0].verdict is verdict, report.sentences[0].claims


def test_outside_the_united_states_the_day_comes_first(
    gate: FactClaimGate, dossier: Dossier
) -> None:
    abroad = dossier_of(dossier.facts, jurisdiction="DE")
    given = [SentenceText(text="A cash deposit of $9,400 was made on 05/03/2026.")]
    report = gate(abroad, given, OutputKind.SAR_NARRATIVE)
    assert report.sentences[0].verdict is ClaimVerdict.SUPPORTED


def test_a_sentence_too_long_or_too_full_to_read_is_not_passed(check: Check) -> None:
    assert check("Cash " * 400 + ".").verdict is ClaimVerdict.UNSUPPORTED
    full = "Deposits of " + ", ".join("$9,500" for _ in range(45)) + " were made."
    assert check(full).verdict is ClaimVerdict.UNSUPPORTED


def test_the_same_text_gets_the_same_report_twice(gate: FactClaimGate, dossier: Dossier) -> None:
    given = [SentenceText(text=t) for t in (*TRUE, *(t for _, t in FALSE))]
    first = gate(dossier, given, OutputKind.SAR_NARRATIVE)
    assert first == gate(dossier, given, OutputKind.SAR_NARRATIVE)
    assert len(first.sentences) == len(given)
