"""The third holdout: its names, places, issuers, sentences and looks are in no other split."""

import re

import pypdfium2
import pytest

from evals.papers import held_layouts, overlap, retired_layouts
from evals.papers.carriers import IN_PDF, make_carrier
from evals.papers.held_layouts import FAMILIES, HELD
from evals.papers.layouts import SEEN
from evals.papers.make import MAKERS, make_papers
from evals.papers.paper import Medium, Paper, Split
from evals.papers.planted import FILE_KINDS, make_planted
from evals.papers.pools import LANGUAGES, country, country_words, options, table

CODES = tuple(table("countries"))
ISSUERS = ("utility", "bank", "tax", "recipient")
SENTENCES = ("funds", "asked", "bank_letter", "tenancy", "certificate", "unknown")
PAPERS = tuple(make_papers(Split.HOLDOUT, 45, medium=Medium.DIGITAL, open_holdout=True))


def text_of(data: bytes) -> str:
    """Read the text layer of a PDF without blanks."""
    document = pypdfium2.PdfDocument(data)
    try:
        text = "\n".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()
    return re.sub(r"\s+", "", text.replace("\ufffe", "-"))


def plain(sentence: str) -> str:
    """Keep the words of a sentence."""
    return " ".join(re.findall(r"\w+", sentence.casefold()))


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: f"{paper.number}-{paper.type}")
def test_every_true_value_of_a_holdout_paper_stands_in_its_file(paper: Paper) -> None:
    text = text_of(paper.data)
    missing = [
        said.name
        for said in paper.said
        if not all(re.sub(r"\s+", "", part) in text for part in said.printed.split(", "))
    ]
    assert missing == []


@pytest.mark.parametrize("code", CODES)
def test_people_and_places_of_the_holdout_are_its_own(code: str) -> None:
    for key in ("women", "men", "surnames", "firms", "streets", "towns"):
        held, seen = (set(options(country(code, split)[key])) for split in (True, False))
        assert held
        assert held & seen == set(), key


def test_no_surname_firm_or_town_of_the_holdout_is_one_of_another_country() -> None:
    for key in ("surnames", "firms", "towns"):
        held = {word for code in CODES for word in options(country(code, True)[key])}
        seen = {word for code in CODES for word in options(country(code, False)[key])}
        assert held & seen == set(), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_issuers_and_sentences_of_the_holdout_are_its_own(language: str) -> None:
    for kind in ISSUERS:
        held, seen = (set(options(table("issuers", s)[kind][language])) for s in (True, False))
        assert held & seen == set(), kind
    for kind in SENTENCES:
        held, seen = (set(map(plain, table("prose", s)[kind][language])) for s in (True, False))
        assert held & seen == set(), kind
    for kind in ("articles", "chat"):
        held, seen = (
            {
                plain(line.partition("|")[2] or line)
                for whole in table("prose", split)[kind][language]
                for line in (whole if kind == "articles" else whole[1:])
            }
            for split in (True, False)
        )
        assert held & seen == set(), kind


@pytest.mark.parametrize("code", list(table("country_words", True)))
def test_issuers_and_sentences_of_single_countries_are_the_holdouts_own(code: str) -> None:
    language = table("countries")[code]["language"]
    for kind in ("utility", "bank", "tax"):
        seen = {*options(table("issuers")[kind][language])}
        seen |= {*country_words(code, "issuers", kind, False)}
        assert set(country_words(code, "issuers", kind, True)) & seen == set(), kind
    for kind in ("certificate", "tenancy"):
        common = {*table("prose")[kind][language], *country_words(code, "prose", kind, False)}
        assert set(country_words(code, "prose", kind, True)) & common == set(), kind


def test_orders_to_machines_in_the_holdout_are_its_own() -> None:
    assert not set(table("injections")["texts"]) & set(table("injections", True)["texts"])


def test_layouts_and_heads_of_the_holdout_are_its_own() -> None:
    assert not set(SEEN) & set(HELD)
    assert not set(SEEN.values()) & set(HELD.values())
    assert not {0, 1, 2, *retired_layouts.HEADS} & set(held_layouts.HEADS)
    assert {name for names in FAMILIES.values() for name in names} == set(HELD)
    assert set(FAMILIES) <= set(MAKERS)
    assert {paper.layout.partition("/")[2] for paper in PAPERS} <= set(HELD)


@pytest.mark.parametrize("language", LANGUAGES)
def test_both_sets_of_words_name_the_same_values(language: str) -> None:
    name = f"labels_{language}"
    assert table(name).keys() == table(name, True).keys()
    assert table("prose").keys() == table("prose", True).keys()
    for split in (False, True):
        assert all(language in lines for lines in table("prose", split).values())
        for words in table(name, split).values():
            assert len(set(options(words))) == len(options(words)), words


@pytest.mark.parametrize("split", [False, True])
@pytest.mark.parametrize("code", CODES)
def test_words_of_a_country_name_values_that_its_language_has(code: str, split: bool) -> None:
    language = table("countries")[code]["language"]
    own = table("country_words", split).get(code, {})
    assert own.get("labels", {}).keys() <= table(f"labels_{language}").keys()
    assert own.get("issuers", {}).keys() <= {*table("issuers"), "authority", "licence_authority"}


def test_the_share_of_labels_that_coincide_is_counted() -> None:
    found = overlap.of_all()
    assert 0 < found.shared < found.total
    assert 0 < found.likely < 1
    assert found.total >= sum(overlap.of_language(name).total for name in LANGUAGES)


def test_a_wording_that_both_splits_have_counts_as_shared() -> None:
    held, seen = (options(table("labels_en", split)["iban"]) for split in (True, False))
    assert set(held) & set(seen)
    assert overlap.of_language("en").shared >= 1


def test_planted_faults_and_orders_can_be_put_into_holdout_papers() -> None:
    for kind in FILE_KINDS:
        paper = make_planted(Split.HOLDOUT, kind, 1, open_holdout=True)
        assert [planted.kind for planted in paper.planted][-1] == kind
    for kind in IN_PDF:
        pair = make_carrier(Split.HOLDOUT, kind, 1, open_holdout=True)
        assert pair.carrying.carriers[0].visible == (kind == "visible")
