"""HTML: what a browser would hide is taken out first."""

from lxml import etree, html
from unstructured.partition.html import partition_html

from tools.documents.child.plain import decode
from tools.documents.child.report import Refused, Report
from tools.documents.child.styles import PAPER, Look, Sheet, fades, hides, look

_ACTIVE = ("script", "iframe", "object", "embed", "applet")
_NEVER_SHOWN = ("template", "noscript", "noframes", "datalist")


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
    sheet = Sheet(str(style.text or "") for style in tree.iter("style"))
    looks: dict[html.HtmlElement, Look] = {}
    for element in list(tree.iter()):
        if not isinstance(element.tag, str):
            if element.text:
                report.conceal("a comment", str(element.text))
        elif element.tag in _ACTIVE:
            report.signal("active_content", f"The file holds active content ({element.tag}).")
        else:
            _judge(element, sheet, looks, report)
    etree.strip_tags(tree, etree.Comment)
    etree.strip_elements(tree, *_ACTIVE, "style", with_tail=False)
    text: str = html.tostring(tree, encoding="unicode")
    return text


def _parser() -> html.HTMLParser:
    return html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False)


def _judge(
    element: html.HtmlElement, sheet: Sheet, looks: dict[html.HtmlElement, Look], report: Report
) -> None:
    style = sheet.style(element)
    around = looks.get(element.getparent(), PAPER)
    looks[element] = here = look(style, around)
    if element.tag == "input" and element.get("type") == "hidden":
        report.conceal("a form field", element.get("value") or "")
        element.drop_tree()
    elif element.tag == "meta" and element.get("name"):
        report.conceal("the file's properties", element.get("content") or "")
    elif element.get("hidden") is not None or element.tag in _NEVER_SHOWN or hides(style):
        _conceal(element, report)
    elif fades(here) and not fades(around):
        _take_out_own_text(element, sheet, here, report)


def _take_out_own_text(element: html.HtmlElement, sheet: Sheet, here: Look, report: Report) -> None:
    """Take out an element's text; what in it has a colour or ground of its own stays."""
    inner = [child for child in element if isinstance(child.tag, str)]
    if not any(not fades(look(sheet.style(child), here)) for child in inner):
        _conceal(element, report)
        return
    texts = [element.text or "", *(child.tail or "" for child in element)]
    element.text = None
    for child in element:
        child.tail = None
    _tell(" ".join(" ".join(texts).split()), report)


def _conceal(element: html.HtmlElement, report: Report) -> None:
    _tell(" ".join(element.text_content().split()), report)
    parent = element.getparent()
    if parent is not None:
        element.drop_tree()


def _tell(text: str, report: Report) -> None:
    if text:
        report.signal("hidden_text", "Text that a browser would not show was left out.")
        report.conceal("hidden text", text)
