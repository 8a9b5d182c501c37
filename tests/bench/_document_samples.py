"""Samples of others: machine readable zones of specimens, and shop receipts with their keys."""

import json
import re
import sys
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path

from casegate.model.document import Field, MrzReading
from evals.papers.setting import TODAY
from tests.bench._document_ask import Ask
from tests.bench._document_fields import LIMITS
from tests.bench._document_judge import share
from tools.documents import no_answer
from tools.documents.ocr.reader import Reader
from tools.documents.whole import DocumentReader

PUBLISHED_END_TO_END = {"VIES": 91.07, "TCPN": 91.93, "CFAM": 85.87, "TRIE": 82.06}
"""Micro-F1 on SROIE's test set, as listed by SCUT-DLVCLab/Document-AI-Recommendations."""


def mrz_figures(folder: Path, limit: int, reader: Reader) -> dict[str, object]:
    """Read every specimen and compare its zone with the lines that people read on it."""
    truth = json.loads((folder / "ground_truth.json").read_text("utf-8"))
    documents = DocumentReader(LIMITS, reader)
    names = sorted(name for name in truth if (folder / name).is_file())[:limit]
    valid, valid_of, exact, wrong_ready, ready = 0, 0, 0, [], 0
    unread: list[str] = []
    for name in names:
        file = documents.read(
            (folder / name).read_bytes(), name, parties=(), on=TODAY, ask=no_answer
        )
        zone, lines = file.result.mrz, truth[name]["lines"]
        sound = bool(truth[name]["check_digits_ok"])
        valid_of += sound
        valid += sound and zone is not None and zone.valid
        exact += zone is not None and list(zone.lines) == lines
        ready += zone is not None and zone.gate_ready
        if zone is not None and zone.gate_ready and _number(zone) != _true_number(lines):
            wrong_ready.append(name)
        if sound and not (zone and zone.valid):
            unread.append(name)
        sys.stderr.write(f"{name}: {zone and (zone.valid, zone.agrees, zone.repaired)}\n")
    return {
        "images": len(names),
        "all_check_digits_valid": share(valid, valid_of),
        "not_valid": unread,
        "lines_exact": share(exact, len(names)),
        "gate_ready": share(ready, len(names)),
        "wrong_document_numbers_gate_ready": wrong_ready,
        "note": "the lines to compare with were seeded by the same OCR engine, then checked by eye",
    }


def _number(zone: MrzReading) -> str:
    return _true_number(list(zone.lines))


def _true_number(lines: list[str]) -> str:
    return lines[0][5:14] if len(lines) == 3 else lines[1][:9]


_KEYS = {
    "company": "issuer", "date": "issue_date", "address": "issuer_address", "total": "total",
}  # fmt: skip


def receipt_figures(folder: Path, limit: int, reader: Reader, ask: Ask) -> dict[str, object]:
    """Read receipts from their pictures; micro-F1 over company, date, address, total."""
    documents = DocumentReader(LIMITS, reader)
    right, given, wanted = dict.fromkeys(_KEYS, 0), dict.fromkeys(_KEYS, 0), 0
    strict, types = 0, 0
    names = sorted(path.stem for path in folder.glob("*.json"))[:limit]
    for name in names:
        keys = json.loads((folder / f"{name}.json").read_text("utf-8"))
        data = (folder / f"{name}.jpg").read_bytes()
        read = documents.read(data, f"{name}.jpg", parties=(), on=TODAY, ask=ask).result
        types += read.type == "invoice"
        found = {field.name: field for field in reversed(read.fields)}
        told = []
        for key, field_name in _KEYS.items():
            wanted += key in keys
            field = found.get(field_name)
            given[key] += field is not None
            ok = field is not None and _same(key, field, keys.get(key, ""))
            right[key] += ok
            strict += field is not None and _plain(field.value) == _plain(keys.get(key, ""))
            told.append(f"{key}={'ok' if ok else 'wrong' if field else '-'}")
        sys.stderr.write(f"{name} {read.type.value}: {' '.join(told)}\n")
    hits = sum(right.values())
    total = wanted + sum(given.values())
    return {
        "receipts": len(names),
        "f1": round(200 * hits / total, 2) if total else None,
        "f1_strings_alone": round(200 * strict / total, 2) if total else None,
        "precision": share(hits, sum(given.values())),
        "recall": share(hits, wanted),
        "right_by_key": right,
        "given_by_key": given,
        "read_as_invoice": types,
        "published_end_to_end_f1": PUBLISHED_END_TO_END,
        "note": "a sample of the training set; the published figures are on all 347 test receipts",
    }


def _plain(text: str) -> str:
    return re.sub(r"[^A-Z0-9]", "", text.upper())


def _same(key: str, field: Field, text: str) -> bool:
    """Exact match without blanks, signs and letter case; dates and totals by what they mean."""
    if key == "total":
        try:
            return Decimal(field.normalised) == Decimal(re.sub(r"[^\d.]", "", text))
        except InvalidOperation:
            return False
    if key == "date":
        return field.normalised == _day(text)
    return _plain(field.value) == _plain(text)


def _day(text: str) -> str | None:
    """Read a date as Malaysian receipts print it: day first."""
    for form in (
        "%d/%m/%Y", "%d-%m-%Y", "%d/%m/%y", "%d-%m-%y", "%d.%m.%Y", "%d %b %Y", "%Y-%m-%d",
        "%d-%b-%Y", "%d %B %Y", "%d-%b-%y", "%d.%m.%y", "%d/%b/%Y", "%Y/%m/%d", "%d %b %y",
    ):  # fmt: skip
        try:
            found: date = datetime.strptime(text.strip().title(), form).date()  # noqa: DTZ007 - a day
        except ValueError:
            continue
        return found.isoformat()
    return None
