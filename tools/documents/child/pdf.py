"""PDF: a look at its structure by one reader, then words and images by another."""

from typing import Any

from tools.documents.child.report import Report


def read_pdf(data: bytes, order: dict[str, Any], report: Report) -> None:
    """Prescreen, then read. The second parser never sees a file that the first one refused."""
    from tools.documents.child.prescreen import prescreen

    pages = prescreen(data, order["max_pages"], report)
    if report.signed:
        from tools.documents.child.signatures import note_signatures

        note_signatures(data, report)
    from tools.documents.child.pages import read_pages

    read_pages(data, pages, order, report)
