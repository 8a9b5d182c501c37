"""What intake takes in beside PDF, where a file ends, and what lies inside another."""

import io
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from casegate.model.document import DocumentVerdict as V
from tests.documents.pdf_files import pdf
from tools.documents import Limits, Parsed, parse
from tools.documents.child.borders import cut_picture
from tools.documents.child.report import Refused, Report

Read = Callable[[bytes, str], Parsed]


def _picture(kind: str = "JPEG", size: tuple[int, int] = (120, 80), **options: object) -> bytes:
    file = io.BytesIO()
    picture = Image.new("RGB", size, "white")
    picture.paste("black", (0, 0, size[0] // 2, 10))
    picture.save(file, kind, **options)
    return file.getvalue()


def _zip(entries: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    return file.getvalue()


def _sealed() -> bytes:
    data = bytearray(_zip({"a.txt": b"words"}))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def _link() -> bytes:
    file = io.BytesIO()
    entry = zipfile.ZipInfo("a.txt")
    entry.create_system, entry.external_attr = 3, 0o120777 << 16
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(entry, "/etc/passwd")
    return file.getvalue()


def test_a_zip_hands_out_its_files_and_says_nothing_itself(read: Read) -> None:
    data = _zip({"a/letter.txt": b"Dear bank", "scan.jpg": _picture(), "__MACOSX/._x": b"x",
                 "folder/": b""})  # fmt: skip
    parsed = read(data, "papers.zip")
    assert (parsed.verdict, parsed.media_type, parsed.text) == (V.PARSED, "application/zip", "")
    assert [m.filename for m in parsed.members] == ["letter.txt", "scan.jpg"]
    assert parsed.members[0].data == b"Dear bank"


@pytest.mark.parametrize(
    ("verdict", "data"),
    [
        (V.EMPTY, _zip({"folder/": b""})),
        (V.UNSUPPORTED, _zip({"a.bin": b"\x7fELF" + bytes(range(256))})),
        (V.UNSUPPORTED, _zip({"../../etc/cron": b"words"})),
        (V.UNSUPPORTED, _zip({"/abs.txt": b"words"})),
        (V.UNSUPPORTED, _zip({"C:\\x.txt": b"words"})),
        (V.UNSUPPORTED, _link()),
        (V.ENCRYPTED, _sealed()),
        (V.TOO_LARGE, _zip({f"{n}.txt": b"words" for n in range(300)})),
        (V.BOMB, _zip({"a.txt": b" " * 150_000_000})),
        (V.UNSUPPORTED, _zip({"a.txt": b"words"}) + b"trailing bytes"),
        (V.UNSUPPORTED, _zip({"a.txt": b"words"}) + pdf("A word")),
        (V.CORRUPT, _zip({"a.txt": b"words" * 99})[:-30]),
    ],
    ids=["nothing in it", "program", "path up", "absolute path", "drive", "link", "password",
         "too many", "bomb", "trailing", "pdf behind it", "cut off"],
)  # fmt: skip
def test_an_archive_that_can_not_be_taken_apart_ends_in_its_verdict(
    read: Read, verdict: V, data: bytes
) -> None:
    parsed = read(data, "papers.zip")
    assert parsed.verdict is verdict
    assert parsed.reason
    assert parsed.members == ()


def test_archives_in_one_another_are_opened_so_deep_and_no_deeper(limits: Limits) -> None:
    data = _zip({"a.zip": _zip({"b.txt": b"words"})})
    outer = parse(data, "a.zip", limits)
    assert parse(outer.members[0].data, "a.zip", limits, depth=1).verdict is V.PARSED
    deep = parse(outer.members[0].data, "a.zip", limits, depth=limits.max_depth)
    assert (deep.verdict, deep.members) == (V.UNSUPPORTED, ())


def test_an_outlook_message_gives_headers_body_and_attachments(samples: Path, read: Read) -> None:
    path = samples / "office_unstructured/fake-email-attachment.msg"
    parsed = read(path.read_bytes(), path.name)
    assert (parsed.verdict, parsed.media_type) == (V.PARSED, "application/vnd.ms-outlook")
    assert "Subject: Fake email with attachment" in parsed.text
    assert "To: Mallori Harrell <mallori@unstructured.io>" in parsed.text
    assert "Here's the attachments!" in parsed.text
    assert [m.filename for m in parsed.members] == ["fake-attachment.txt"]


_SCRIPT = b"<script>alert(1)</script>"
_PHONE = {
    "second picture": _picture(),
    "film": struct.pack(">I", 24) + b"ftypmp42" + bytes(12) + b"moov film",
    "Samsung": b"\x00\x00\x01\x0a\x0e\x00\x00\x00Image_UTC_Data" + b"SEFH" + bytes(20) + b"SEFT",
}


@pytest.mark.parametrize("trailer", _PHONE)
def test_what_a_phone_puts_behind_a_photo_is_left_out_and_noted(read: Read, trailer: str) -> None:
    parsed = read(_picture() + _PHONE[trailer], "photo.jpg")
    assert (parsed.verdict, parsed.unread) == (V.NEEDS_OCR, (1,))
    assert [signal.kind for signal in parsed.signals] == ["camera_trailer"]


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF", "GIF", "BMP"])
@pytest.mark.parametrize("trailer", [_zip({"a.txt": b"words"}), pdf("A word"), _SCRIPT])
def test_a_picture_with_another_format_behind_it_is_refused(kind: str, trailer: bytes) -> None:
    report = Report()
    with pytest.raises(Refused) as refused:
        cut_picture(_picture(kind) + trailer, report)
    assert refused.value.verdict == "unsupported"
    assert [signal[0] for signal in report.signals] == ["polyglot"]


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_with_unknown_bytes_behind_it_is_refused(read: Read, kind: str) -> None:
    parsed = read(_picture(kind) + b"something else entirely", "scan")
    assert parsed.verdict is V.UNSUPPORTED
    assert [signal.kind for signal in parsed.signals] == ["trailing_data"]


@given(st.binary(max_size=60), st.sampled_from([b"\xff\xd8", b"\x89PNG", b"RIFF", b"....ftyp"]))
@settings(max_examples=300)
def test_measuring_a_picture_always_ends(data: bytes, start: bytes) -> None:
    try:
        assert len(cut_picture(start + data, Report())) <= len(start + data)
    except Refused as refused:
        assert refused.verdict == "unsupported"  # noqa: PT017 - both ends are right


def test_a_photo_is_shown_the_way_up_that_the_camera_noted(read: Read) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turn by 90 degrees
    parsed = read(_picture(exif=exif), "photo.jpg")
    shown = Image.open(io.BytesIO(parsed.pages[0].png))
    assert shown.size == (80, 120)
    assert parsed.pages[0].width_pt < parsed.pages[0].height_pt


def test_every_page_of_a_tiff_is_a_page(read: Read) -> None:
    pages = [Image.new("1", (300, 200 + n), 1) for n in range(3)]
    file = io.BytesIO()
    pages[0].save(file, "TIFF", save_all=True, append_images=pages[1:])
    parsed = read(file.getvalue(), "fax.tif")
    assert [page.page for page in parsed.pages] == [1, 2, 3]
    assert parsed.unread == (1, 2, 3)


@pytest.mark.parametrize("mode", ["P", "RGBA", "LA", "L", "1", "I;16", "CMYK"])
def test_pictures_of_all_kinds_of_colour_are_shown_in_rgb(read: Read, mode: str) -> None:
    file = io.BytesIO()
    Image.new(mode, (40, 30)).save(file, "TIFF" if mode == "CMYK" else "PNG")
    parsed = read(file.getvalue(), "scan")
    assert Image.open(io.BytesIO(parsed.pages[0].png)).mode == "RGB"


def test_a_photo_in_heic_is_shown(samples: Path, read: Read) -> None:
    parsed = read((samples / "office_unstructured/DA-1p.heic").read_bytes(), "photo.heic")
    assert (parsed.verdict, parsed.media_type) == (V.NEEDS_OCR, "image/heic")
    assert len(parsed.pages) == 1
