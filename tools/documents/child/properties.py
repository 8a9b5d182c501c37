"""What the properties of a PDF say of its making."""

import re

from tools.documents.child.report import Report

_EDITORS = (
    "photoshop", "gimp", "canva", "paint.net", "pixelmator", "affinity photo", "illustrator",
    "inkscape", "coreldraw", "picsart", "sejda", "ilovepdf", "smallpdf", "pdfescape",
    "pdf-xchange editor", "foxit phantom", "foxit editor", "nitro", "dochub", "pdffiller",
)  # fmt: skip
"""Programs that change pictures or finished PDFs; banks and registers print without them."""
_DAY = re.compile(r"D?:?(\d{8})")


def note_properties(properties: dict[str, str], report: Report) -> None:
    """Note a program that changes finished papers, and a change later than the making."""
    made_by = f"{properties.get('/Creator', '')} {properties.get('/Producer', '')}".lower()
    editor = next((name for name in _EDITORS if name in made_by), None)
    if editor is not None:
        report.signal(
            "edited_by", f"The file's properties name a program that edits pictures: {editor}."
        )
    made, changed = (_day(properties.get(key, "")) for key in ("/CreationDate", "/ModDate"))
    if made and changed and changed < made:
        report.signal(
            "changed_before_made",
            f"By its properties the file was changed on {changed}, before it was made on {made}.",
        )
    if made and changed and changed > made:
        report.signal(
            "changed_later",
            f"By its properties the file was made on {made} and changed on {changed}.",
            level="note",
        )


def _day(value: str) -> str | None:
    match = _DAY.match(value)
    return f"{match[1][:4]}-{match[1][4:6]}-{match[1][6:]}" if match else None
