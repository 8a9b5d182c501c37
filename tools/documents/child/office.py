"""DOCX, mail and HTML, read by unstructured without network."""

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from tools.documents.child.plain import visible
from tools.documents.child.report import Refused, Report
from tools.documents.child.sniff import Format

if TYPE_CHECKING:
    from unstructured.documents.elements import Element


def read_office(found: Format, data: bytes, order: dict[str, Any], report: Report) -> None:
    """Read one of the formats without pages: the text, and what a reviewer should know."""
    _use_blank_language_model()
    if found is Format.DOCX:
        from tools.documents.child.word import read_word

        text = read_word(data, report)
    elif found is Format.EML:
        from tools.documents.child.mail import read_mail

        text = read_mail(data, order, report)
    elif found is Format.MSG:
        from tools.documents.child.outlook import read_outlook

        text = read_outlook(data, order, report)
    else:
        from tools.documents.child.markup import read_html

        text = read_html(data, report)
    report.text = visible(text, report)
    if not report.text.strip() and not report.members:
        raise Refused("empty", "The file has no text.")


def _use_blank_language_model() -> None:
    """Put an empty English pipeline where unstructured would download a language model.

    Only sentence ends and word classes come from it, and those only steer the category that an
    element is given; the text is the same.
    """
    import spacy
    from unstructured.nlp import tokenize

    def blank() -> spacy.language.Language:
        pipeline = spacy.blank("en")
        pipeline.add_pipe("sentencizer")
        return pipeline

    tokenize._load_spacy_model = blank


def to_text(elements: "Sequence[Element]") -> str:
    """Write elements one below the other; a table gives one line a row, a tab between cells."""
    blocks = [_table(e) if e.category == "Table" else e.text.strip() for e in elements]
    return "\n\n".join(block for block in blocks if block)


def _table(element: "Element") -> str:
    markup = element.metadata.text_as_html
    if not markup:
        return str(element.text)
    from lxml import html

    rows = html.parse(io.StringIO(markup), html.HTMLParser(huge_tree=False)).iter("tr")
    lines = ("\t".join(" ".join(c.text_content().split()) for c in row.iter("td", "th"))
             for row in rows)  # fmt: skip
    return "\n".join(line for line in lines if line.strip())
