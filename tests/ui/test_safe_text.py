"""Text of unknown origin stays text, whatever it holds."""

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casegate.client import CheckedSentence, Claim, ClaimVerdict, Section, Sentence
from casegate.model.narrative import Binding, ClaimKind
from ui.components import safe
from ui.components.narrative import marked


class Reader(HTMLParser):
    """Collects what a browser would see: the tags and the text."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


def read(fragment: str) -> Reader:
    reader = Reader()
    reader.feed(fragment)
    reader.close()
    return reader


@given(st.text())
def test_no_text_becomes_a_tag(text: str) -> None:
    seen = read(safe.paragraph(text))
    assert seen.tags == ["p"]
    assert seen.text.replace("\r", "") == safe.visible(text).replace("\r", "")


@given(st.text(), st.text())
def test_no_text_escapes_its_table_cell_or_attribute(name: str, value: str) -> None:
    assert read(safe.table((name,), [(value,)])).tags == [
        "div", "table", "thead", "tr", "th", "tbody", "tr", "td",
    ]  # fmt: skip
    assert read(safe.chip(name, value, title=value)).tags == ["span"]


@pytest.mark.parametrize(
    "text",
    [
        "![](https://evil.example/p.png)",
        "[a](javascript:alert(1))",
        "**b** _i_ `c` ~~s~~ $x$ :material/lock: :red[x]",
        "<img src=x onerror=alert(1)>",
        "# head\n- item\n1. item\n> quote | cell",
    ],
)
def test_a_label_holds_no_live_markdown(text: str) -> None:
    escaped = safe.label(text)
    live = set("\\`*_{}[]()#+-.!|<>~$:&")
    for at, char in enumerate(escaped):
        if char in live - {"\\"}:
            assert escaped[at - 1] == "\\", (at, char)
    assert "\n" not in escaped


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("abc\u202edef", "abc[U+202E]def"),
        ("a\u200bb", "a[U+200B]b"),
        ("a\x00b", "a[U+0000]b"),
        ("Ana\u200cMaria", "Ana\u200cMaria"),
        ("two\nlines", "two\nlines"),
    ],
)
def test_characters_that_hide_others_are_shown_by_their_code(text: str, shown: str) -> None:
    assert safe.visible(text) == shown


@given(st.text(max_size=40), st.lists(st.tuples(st.integers(-3, 50), st.integers(-3, 50))))
def test_marking_a_sentence_never_changes_its_text(text: str, spans: list[tuple[int, int]]) -> None:
    bindings = tuple(Binding(start=a, end=b, fact="F1", role="<r>") for a, b in spans)
    sentence = Sentence(
        text=text, section=Section.BODY, evidence=(), bindings=bindings, origin="plan"
    )
    claim = Claim(text=text[1:4], kind=ClaimKind.AMOUNT, verdict=ClaimVerdict.UNSUPPORTED)
    checked = CheckedSentence(text=text, verdict=ClaimVerdict.UNSUPPORTED, claims=(claim,))
    seen = read(marked(sentence, checked))
    assert set(seen.tags) <= {"span", "mark"}
    assert seen.text.replace("\r", "") == safe.visible(text).replace("\r", "")
