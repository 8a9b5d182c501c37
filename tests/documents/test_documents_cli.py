"""`casegate documents`: the JSON shape and the exit codes that other programs rely on."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from casegate.model.document import DocumentType
from tests.documents.pdf_files import pdf
from tools.documents.describe import types_table
from tools.documents.library import library

PASSPORT = Path("examples/cases/person-account-opening/documents/passport.pdf")


def _casegate(*args: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "casegate", "documents", *args],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def test_parse_gives_one_entry_a_file_in_order_and_a_bad_file_is_an_entry(tmp_path: Path) -> None:
    broken, empty = tmp_path / "broken.pdf", tmp_path / "empty.pdf"
    broken.write_bytes(pdf("A word")[:-50])
    empty.write_bytes(b"")
    paths = [str(broken), str(PASSPORT), str(empty)]
    done = _casegate("parse", *paths, "--json", "--no-model", "--on", "2026-11-08")
    assert (done.returncode, done.stderr) == (0, "")
    files = json.loads(done.stdout)["files"]
    assert [entry["path"] for entry in files] == paths
    assert [entry["verdict"] for entry in files] == ["corrupt", "parsed", "empty"]
    passport = files[1]
    assert (passport["type"], passport["pages"]) == ("passport", 1)
    born = next(field for field in passport["fields"] if field["name"] == "date_of_birth")
    assert born["normalised"] == "1959-03-28"
    assert (born["page"], born["engine"]) == (1, "label")
    x0, y0, x1, y1 = born["bbox"]
    assert 0 < x0 < x1 < 596
    assert 0 < y0 < y1 < 843
    start, end = born["span"]
    assert end - start == len(born["value"])
    assert passport["signals"] == []


def test_parse_shows_a_person_what_was_read() -> None:
    done = _casegate("parse", str(PASSPORT), "--no-model")
    assert done.returncode == 0
    assert "parsed, passport, 1 pages" in done.stdout
    assert "surname: LINDQVALE (label, text layer, page 1, " in done.stdout


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("parse", "no-such-file.pdf"), "input_invalid: can't read 'no-such-file.pdf'"),
        (("parse", str(PASSPORT), "--on", "8 November"), "input_invalid: `--on` must be a day"),
        (("parse",), "usage_invalid"),
    ],
)
def test_wrong_use_exits_with_2(args: tuple[str, ...], message: str) -> None:
    done = _casegate(*args)
    assert done.returncode == 2
    assert message in done.stderr


def test_types_lists_every_type_with_its_fields() -> None:
    done = _casegate("types", "--json")
    types = json.loads(done.stdout)["types"]
    assert [t["type"] for t in types] == [d.type.value for d in library().documents]
    assert all(f.keys() == {"name", "kind", "required"} for t in types for f in t["fields"])


def test_the_guide_names_every_type_field_verdict_and_signal() -> None:
    import re

    guide = Path("docs/documents.md").read_text(encoding="utf-8")
    for document in library().documents:
        assert f"`{document.type.value}`" in guide
        for field in document.fields:
            assert f"`{field.name}`" in guide, (document.type, field.name)
    for verdict in ("empty", "encrypted", "corrupt", "bomb", "too_large", "too_many_pages",
                    "unsupported", "timeout", "needs_ocr", "parsed"):  # fmt: skip
        assert f"`{verdict}`" in guide
    sources = "".join(p.read_text("utf-8") for p in Path("tools/documents").rglob("*.py"))
    kinds = set(re.findall(r'signal\(\s*"([a-z_]+)"', sources))
    kinds |= set(re.findall(r'kind="([a-z_]+)"', sources))
    guide += Path("docs/document-signals.md").read_text(encoding="utf-8")
    assert len(kinds) > 15
    assert [kind for kind in sorted(kinds) if f"`{kind}`" not in guide] == []


def test_every_document_type_but_unknown_has_a_schema() -> None:
    missing = {t for t in DocumentType if library().of(t) is None}
    assert missing == {DocumentType.UNKNOWN}


def test_the_table_of_types_in_the_guide_is_the_one_that_the_schemas_give() -> None:
    guide = Path("docs/documents.md").read_text(encoding="utf-8")
    assert types_table(library()) in guide
