"""The example cases: made anew byte for byte, valid, and as their truth says."""

import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pypdfium2
import pytest

from casegate.model.bundle import CaseBundle
from casegate.model.document import DocumentType
from examples.bundle import Bundle
from examples.generate import SCENARIOS, make_bundle
from examples.identity_papers import machine_readable_zone
from examples.people import Person
from tests.transactions.ledgers import in_force
from tools.transactions.entries import open_entries
from tools.transactions.load import load
from tools.transactions.scan import scan

ROOT = Path(__file__).parents[2]
KEPT = ROOT / "examples" / "cases"
WITH_ENTRIES = ("structuring-pass-through", "seasonal-business")


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def generate(*arguments: str) -> None:
    script = ROOT / "examples" / "generate.py"
    subprocess.run([sys.executable, str(script), *arguments], check=True)


def test_the_kept_cases_are_made_anew_byte_for_byte(tmp_path: Path) -> None:
    generate("--out", str(tmp_path))
    assert files(tmp_path) == files(KEPT)


def test_another_variant_tells_the_same_stories_with_other_people(tmp_path: Path) -> None:
    generate("--variant", "3", "--out", str(tmp_path))
    made, kept = files(tmp_path), files(KEPT)
    assert made.keys() == kept.keys()
    assert all(made[name] != kept[name] for name in made if name.endswith("case.json"))


@pytest.mark.parametrize("seed", range(25))
@pytest.mark.parametrize("name", SCENARIOS)
def test_every_variant_is_a_valid_bundle_with_truth(name: str, seed: int) -> None:
    bundle = make_bundle(name, seed)
    case = CaseBundle.model_validate(bundle.case)
    assert bundle.truth["documents"].keys() == bundle.documents.keys()
    parties = {party.id for party in case.parties}
    for document in bundle.truth["documents"].values():
        assert document["type"] in set(DocumentType)
        assert {field["subject"] for field in document["fields"]} <= parties


@pytest.mark.parametrize("name", SCENARIOS)
def test_every_value_of_the_truth_stands_on_its_one_page(name: str) -> None:
    bundle = make_bundle(name, 0)
    for filename, data in bundle.documents.items():
        pages = pypdfium2.PdfDocument(data)
        text = " ".join(pages[0].get_textpage().get_text_range().split())
        assert len(pages) == 1
        for field in bundle.truth["documents"][filename]["fields"]:
            assert field["value"] in text, (filename, field["name"])


def findings(bundle: Bundle, folder: Path) -> list[dict[str, object]]:
    case = CaseBundle.model_validate(bundle.case)
    assert bundle.transactions is not None
    loaded = load(bundle.transactions, "transactions.csv", accounts=case.accounts)
    assert loaded.set.last is not None
    assert loaded.set.last <= case.opened_at.date()
    path = folder / "rows.parquet"
    path.write_bytes(loaded.parquet)
    with open_entries(path) as entries:
        return [
            {"typology": f.typology, "account": f.account, "txn_ids": list(f.txn_ids)}
            for f in scan(entries, in_force())
        ]


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("name", WITH_ENTRIES)
def test_the_detectors_find_exactly_what_was_planted(tmp_path: Path, name: str, seed: int) -> None:
    bundle = make_bundle(name, seed)
    assert findings(bundle, tmp_path) == bundle.truth["findings"]


def test_the_truth_names_a_disposition_for_each_kept_case() -> None:
    told = {
        name: json.loads((KEPT / name / "truth.json").read_text())["disposition"]
        for name in SCENARIOS
    }
    assert told == {
        "person-account-opening": "kyc_approved",
        "company-two-owners": "kyc_approved",
        "structuring-pass-through": "suspicious_file",
        "possible-sanctions-match": "inconclusive",
        "seasonal-business": "no_suspicion",
    }


def test_the_machine_readable_zone_is_that_of_the_icao_specimen() -> None:
    """ICAO 9303-4, appendix B; its optional data field is left empty here."""
    specimen = Person(
        given="Anna Maria", surname="Eriksson", sex="F", born=date(1974, 8, 12), birthplace="",
        street="", town="", nationality="UT", country_name="Utopia", country_code="UTO",
        passport="L898902C3", issued=date(2002, 4, 15), expires=date(2012, 4, 15), occupation="",
    )  # fmt: skip
    first, second = machine_readable_zone(specimen)
    assert first == "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<"
    assert second.startswith("L898902C36UTO7408122F1204159")
    assert (len(first), len(second)) == (44, 44)
