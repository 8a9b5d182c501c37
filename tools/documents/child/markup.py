"""HTML: what a browser would hide is taken out first."""

import io
import re

from lxml import etree, html
from unstructured.partition.html import partition_html

from tools.documents.child.plain import decode
from tools.documents.child.report import Refused, Report

_HIDING = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|opacity\s*:\s*0(?:\.0*)?\s*(?:;|$)"
    r"|font-size\s*:\s*[01](?:\.\d+)?(?:px|pt|em|%)?\s*(?:;|$)"
    r"|(?<!-)\bcolor\s*:\s*(?:white|transparent|#fff(?:fff)?\b|rgba?\(\s*255\s*,\s*255\s*,\s*255)"
    r"|(?:left|top|text-indent)\s*:\s*-\d{3,}|mso-hide\s*:\s*all",
    re.IGNORECASE,
)
_CLASS_RULE = re.compile(r"\.([A-Za-z_][\w-]*)\s*\{([^}]*)\}")
_ACTIVE = ("script", "iframe", "object", "embed", "applet")


def read_html(data: bytes, report: Report) -> str:
    """Give the visible text of an HTML file."""
    return html_text(decode(data), report)


def html_text(markup: str, report: Report) -> str:
    """Give the visible text of HTML; nothing that it points at is fetched."""
    from tools.documents.child.office import to_text

    return to_text(partition_html(text=clean(markup, report)))


def clean(markup: str, report: Report) -> str:
    """Take out hidden elements, comments and active content."""
    try:
        # Entities and DTDs stay unexpanded: this parser never loads anything.
        tree = html.document_fromstring(markup.encode("utf-8"), parser=_parser())
    except (etree.ParserError, etree.XMLSyntaxError):
        raise Refused("empty", "The file has no text.") from None
    hiding_classes = _hiding_classes(tree)
    for element in list(tree.iter()):
        if not isinstance(element.tag, str):
            if element.text:
                report.conceal("a comment", str(element.text))
        elif element.tag in _ACTIVE:
            report.signal("active_content", f"The file holds active content ({element.tag}).")
        elif _hidden(element, hiding_classes):
            _conceal(element, report)
    etree.strip_tags(tree, etree.Comment)
    etree.strip_elements(tree, *_ACTIVE, "style", with_tail=False)
    text: str = html.tostring(tree, encoding="unicode")
    return text


def _parser() -> html.HTMLParser:
    return html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False)


def _hiding_classes(tree: html.HtmlElement) -> frozenset[str]:
    sheets = io.StringIO()
    for style in tree.iter("style"):
        sheets.write(style.text or "")
    rules = _CLASS_RULE.findall(sheets.getvalue())
    return frozenset(name for name, body in rules if _HIDING.search(body))


def _hidden(element: html.HtmlElement, classes: frozenset[str]) -> bool:
    style = f"{element.get('style') or ''};color:{element.get('color') or ''}"
    return (
        element.get("hidden") is not None
        or bool(_HIDING.search(style))
        or bool(classes.intersection((element.get("class") or "").split()))
    )


def _conceal(element: html.HtmlElement, report: Report) -> None:
    text = " ".join(element.text_content().split())
    if text:
        report.signal("hidden_text", "Text that a browser would not show was left out.")
        report.conceal("hidden text", text)
    parent = element.getparent()
    if parent is not None:
        element.drop_tree()
