"""Files from elsewhere that try the parser: none may crash it, outlast it, or pass unseen."""

import io
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from PIL import Image

from casegate.model.document import DocumentVerdict as V
from tools.documents import Limits, Parsed, parse

Read = Callable[[bytes, str], Parsed]


@pytest.mark.parametrize(
    ("name", "verdict", "kinds"),
    [
        ("bomb2.pdf", V.BOMB, set()),
        ("b10k.pdf", V.TOO_MANY_PAGES, set()),
        ("poly_htmlpdf.html", V.UNSUPPORTED, {"polyglot"}),
        ("white.pdf", V.PARSED, {"hidden_text", "instruction_like_text"}),
        ("nearwhite.pdf", V.PARSED, {"hidden_text", "instruction_like_text"}),
        ("alpha.pdf", V.PARSED, {"hidden_text", "instruction_like_text"}),
        ("covered.pdf", V.PARSED, {"hidden_text", "instruction_like_text"}),
        ("meta.pdf", V.PARSED, {"instruction_like_text"}),
        ("form.pdf", V.PARSED, {"form_values", "instruction_like_text"}),
        ("ok_banner.pdf", V.PARSED, set()),
        ("signed.pdf", V.PARSED, {"signature"}),
        ("signed_tampered.pdf", V.PARSED, {"signature_broken"}),
    ],
)
def test_each_known_attack_ends_in_its_verdict_with_its_signals(
    samples: Path, read: Read, name: str, verdict: V, kinds: set[str]
) -> None:
    parsed = read((samples / "adversarial_own" / name).read_bytes(), name)
    assert parsed.verdict is verdict
    found = {signal.kind for signal in parsed.signals}
    assert kinds <= found
    assert "ignore" not in parsed.text.lower()
    if name == "ok_banner.pdf":
        assert found == set()


@pytest.mark.slow
def test_every_sample_ends_in_a_typed_verdict_within_its_limits(samples: Path) -> None:
    limits = Limits(seconds=45.0)
    files = [path for path in sorted(samples.rglob("*")) if path.is_file()]

    def read_one(path: Path) -> tuple[Path, Parsed, float]:
        began = time.monotonic()
        return path, parse(path.read_bytes(), path.name, limits), time.monotonic() - began

    with ThreadPoolExecutor(2) as pool:
        for path, parsed, seconds in pool.map(read_one, files):
            assert parsed.verdict not in {V.PENDING, V.TIMEOUT}, path.name
            assert parsed.reason or parsed.verdict is V.PARSED, path.name
            assert seconds < limits.seconds + 2, path.name
            assert len(parsed.pages) <= limits.max_pages, path.name
            assert sum(len(q.text) for q in parsed.quarantined) <= limits.max_hidden, path.name


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9, 0.99])
def test_a_pdf_that_breaks_off_is_corrupt(samples: Path, read: Read, share: float) -> None:
    data = (samples / "invoices_invoice2data/coolblue1.pdf").read_bytes()
    assert read(data[: int(len(data) * share)], "bill.pdf").verdict is V.CORRUPT


@pytest.mark.parametrize(
    ("folder", "name", "verdict"),
    [
        ("office_unstructured", "password.pdf", V.ENCRYPTED),
        ("pdf_pypdf_samples", "libreoffice-writer-password.pdf", V.ENCRYPTED),
        ("office_unstructured", "copy-protected.pdf", V.PARSED),
        ("office_unstructured", "simple.zip", V.PARSED),
        ("office_unstructured", "fake-email.msg", V.PARSED),
        ("office_unstructured", "DA-1p.heic", V.NEEDS_OCR),
        ("office_unstructured", "DA-1p.jpg", V.NEEDS_OCR),
        ("office_unstructured", "loremipsum-flat.pdf", V.NEEDS_OCR),
        ("receipts_sroie", "000.jpg", V.NEEDS_OCR),
        ("mrz_passporteye", "0_id-esp.png", V.NEEDS_OCR),
        ("office_unstructured", "rotated-page-90.pdf", V.PARSED),
    ],
)
def test_real_files_end_in_their_verdict(
    samples: Path, read: Read, folder: str, name: str, verdict: V
) -> None:
    parsed = read((samples / folder / name).read_bytes(), name)
    assert parsed.verdict is verdict
    for word in parsed.words:
        page = parsed.pages[word.page - 1]
        assert 0 <= (word.x0 + word.x1) / 2 <= page.width_pt
        assert 0 <= (word.y0 + word.y1) / 2 <= page.height_pt


def test_a_bill_named_as_a_picture_is_read_as_what_it_is(samples: Path, read: Read) -> None:
    data = (samples / "invoices_invoice2data/coolblue1.pdf").read_bytes()
    parsed = read(data, "scan.png")
    assert parsed.verdict is V.PARSED
    assert "extension_mismatch" in {signal.kind for signal in parsed.signals}


@pytest.mark.parametrize(
    ("folder", "name", "words"),
    [
        ("office_unstructured", "rotated-page-90.pdf", 10),
        ("office_unstructured", "negative-coords.pdf", 10),
        ("pdf_pypdf_samples", "habibi-rotated.pdf", 1),
    ],
)
def test_on_turned_pages_and_odd_boxes_every_word_has_ink_in_its_box(
    samples: Path, read: Read, folder: str, name: str, words: int
) -> None:
    parsed = read((samples / folder / name).read_bytes(), name)
    assert len(parsed.words) >= words
    images = {p.page: Image.open(io.BytesIO(p.png)).convert("L") for p in parsed.pages}
    for word in parsed.words:
        page, image = parsed.pages[word.page - 1], images[word.page]
        scale = image.width / page.width_pt
        sides = [int(side * scale) for side in (word.x0, word.y0, word.x1, word.y1)]
        counts = image.crop((sides[0], sides[1], sides[2] + 2, sides[3] + 2)).histogram()
        shades = [shade for shade, count in enumerate(counts) if count]
        assert shades[-1] - shades[0] > 28, parsed.text[word.start : word.end]
