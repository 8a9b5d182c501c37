"""Papers that say things in words and places that no list foresees."""

import re

import pytest

from casegate.model.document import Band, Box, DocumentType, DocumentVerdict, Engine, TextSource
from tests.documents.reading_papers import ON, answering, read_text, values_of
from tools.documents import Page, Parsed, ReadResult, Word, no_answer, read_document
from tools.documents.label_index import LabelIndex
from tools.documents.library import library
from tools.documents.likely_labels import LabelLikeness
from tools.documents.prose import fold
from tools.documents.upright import Turn, turns, upright
from tools.documents.values.companies import find_companies
from tools.documents.values.found_addresses import find_addresses
from tools.documents.values.money import find_amounts
from tools.documents.words import Words, together

Line = tuple[float, float, float, str]
"""Left edge, top, height and text, points."""


def _page(*lines: Line) -> ReadResult:
    """Read a page of lines; those with one top stand on one row."""
    text = ""
    words: list[Word] = []
    last: float | None = None
    for left, top, height, line in lines:
        text += "" if last is None else "\t" if top == last else "\n"
        last = top
        for match in re.finditer(r"\S+", line):
            begin = len(text) + match.start()
            x = left + 0.5 * height * match.start()
            words.append(
                Word(begin, begin + len(match[0]), 1, x, top, x + 0.5 * height * len(match[0]),
                     top + height, 1.0)
            )  # fmt: skip
        text += line
    page = Page(1, 595.0, 842.0, b"", TextSource.TEXT_LAYER)
    parsed = Parsed(
        DocumentVerdict.PARSED, "", "application/pdf", text=text, words=tuple(words), pages=(page,)
    )
    return read_document(parsed, parties=(), opened_on=ON, ask=no_answer)


@pytest.mark.parametrize(
    ("label", "text"),
    [
        ("passport no", "passport nr. 12"), ("passport no", "passport number: 12"),
        ("no de carte", "n\u00b0 de carte"), ("numero de cuenta", "no. de cuenta"),
        ("given names", "given names"), ("given name", "given name(s): ann"),
        ("d.o.b", "d.o.b.: 4 may"), ("% held", "% held"),
    ],
)  # fmt: skip
def test_a_label_is_found_in_each_way_of_writing_its_number_and_plural(
    label: str, text: str
) -> None:
    found = LabelIndex([(label, label)]).longest(fold(text), 0)
    assert found is not None
    assert found.owner == label


def test_the_longest_of_several_labels_counts() -> None:
    index = LabelIndex((label, label) for label in ("date", "date of birth", "date of"))
    found = index.longest("date of birth: 4 may", 0)
    assert found is not None
    assert (found.owner, found.end) == ("date of birth", 13)


def test_words_for_a_type_or_field_that_does_not_exist_are_named() -> None:
    words = Words(language="xx", titles={"pasport": ("pas",)}, labels={"passport.nme": ("naam",)})
    assert words.unknown(types=["passport"], owners=["passport.name"]) == {
        "pasport",
        "passport.nme",
    }


def test_words_of_several_languages_add_up() -> None:
    one = Words(language="aa", labels={"surname": ("a",)}, other=("x",))
    two = Words(language="bb", labels={"surname": ("b",), "birth": ("c",)})
    both = together([one, two])
    assert both.labels_of("surname") == ("a", "b")
    assert both.labels_of("birth") == ("c",)
    assert both.other == ("x",)


def _nearest(text: str) -> str | None:
    payslip = library().of(DocumentType.PAYSLIP)
    assert payslip is not None
    net, gross = payslip.field("net_pay"), payslip.field("gross_pay")
    known = LabelLikeness(
        [
            ("auszahlungsbetrag", net),
            ("nettolohn", net),
            ("bruttolohn", gross),
            ("lohnsteuer", None),
        ]
    )
    found = known.nearest(text)
    return None if found is None else found.field.name


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("auszahlungsbetrage", "net_pay"), ("der auszahlungsbetrag", "net_pay"),
        ("bruttolohn gesamt", "gross_pay"), ("lohnsteuer", None), ("lohnsteuern", None),
        ("kundennummer", None), ("lohn", None), ("", None),
    ],
)  # fmt: skip
def test_a_label_of_no_list_is_taken_for_the_nearest_only_where_it_is_near(
    text: str, field: str | None
) -> None:
    assert _nearest(text) == field


STATEMENT = "Kontoauszug\n\n{label}: {value}\nIBAN: DE89 3704 0044 0532 0130 00\nSoll\tHaben\n"


def test_a_value_behind_a_label_that_is_only_alike_is_for_a_person_to_check() -> None:
    result = read_text(STATEMENT.format(label="Inhaber/innen des Kontos", value="Ann Lee"))
    field = next(f for f in result.fields if f.name == "name")
    assert (field.value, field.band) == ("Ann Lee", Band.CHECK)


FORM = """Wij bevestigen dat u bij ons werkt

Uw werkgever: Molenwind N.V.
Naam werknemer: Saskia de Ruijter
Brutoloon: EUR 4.100,00
Loonheffing: EUR 900,00
Nettoloon: EUR 3.200,00
Uitbetaald op: 28 oktober 2026
"""


def test_a_paper_whose_title_is_in_no_list_is_known_by_what_it_says() -> None:
    assert read_text(FORM).type is DocumentType.PAYSLIP


def test_a_few_words_are_too_little_to_know_a_paper_by() -> None:
    assert read_text("Nettoloon\n").type is DocumentType.UNKNOWN


def test_small_print_under_values_is_their_label() -> None:
    lines: list[Line] = [(50, 40, 16, "PASSPORT")]
    pairs = (("LINDQVALE", "Surname"), ("MAREN", "Given names"), ("4 May 1979", "Date of birth"),
             ("1 May 2030", "Date of expiry"))  # fmt: skip
    for number, (value, label) in enumerate(pairs):
        top = 80.0 + 30 * number
        lines += [(50, top, 11, value), (50, top + 13, 7, label)]
    result = _page(*lines)
    assert values_of(result) == {
        "surname": "LINDQVALE", "given_names": "MAREN", "date_of_birth": "1979-05-04",
        "expiry_date": "2030-05-01",
    }  # fmt: skip
    assert {field.band for field in result.fields} == {Band.CHECK}


def test_uneven_lines_of_a_form_are_no_captions() -> None:
    result = _page(
        (50, 40, 16, "BANK STATEMENT"),
        (50, 80, 12, "Account holder:"), (200, 80, 12, "Ann Lee"),
        (50, 93, 9, "Statement date:"), (200, 93, 12, "3 November 2026"),
        (50, 106, 12, "Opening balance:"), (200, 106, 9, "EUR 12.00"),
        (50, 119, 9, "Closing balance:"), (200, 119, 12, "EUR 18.00"),
    )  # fmt: skip
    values = values_of(result)
    assert (values["name"], values["closing_balance"]) == ("Ann Lee", "18.00")


@pytest.mark.parametrize("turn", [Turn.UP, Turn.DOWN])
def test_a_page_scanned_sideways_is_read_as_it_stands(turn: Turn) -> None:
    lines = ["PASSPORT PAGE", "Surname Lindqvale", "Given names Maren", "Born 4 May 1979"]
    words: list[Word] = []
    start = 0
    for row, line in enumerate(lines):
        along = 60.0
        for word in line.split():
            long = 6.0 * len(word)
            x = 100.0 + 20 * row if turn is Turn.UP else 500.0 - 20 * row
            y = 700.0 - along - long if turn is Turn.UP else along
            words.append(Word(start, start + len(word), 1, x, y, x + 12, y + long))
            along += long + 6
            start += len(word) + 1
    parsed = Parsed(
        DocumentVerdict.PARSED, "", "image/png", text="\n".join(lines), words=tuple(words),
        pages=(Page(1, 595.0, 842.0, b"", TextSource.OCR),),
    )  # fmt: skip
    assert turns(parsed) == {1: turn}
    first, second = words[0], words[2]
    above, below = (upright(Box(x0=w.x0, y0=w.y0, x1=w.x1, y1=w.y1), turn) for w in (first, second))
    assert above.y1 <= below.y0
    assert above.x0 == below.x0
    assert above.x1 - above.x0 > above.y1 - above.y0


def test_a_value_that_goes_on_in_its_column_is_read_whole_with_both_places() -> None:
    result = _page(
        (50, 40, 16, "COMPANY REGISTER EXTRACT"),
        (50, 80, 10, "Registered office:"), (160, 80, 10, "12 Harbour Street,"),
        (320, 80, 10, "Company status:"), (430, 80, 10, "active"),
        (160, 92, 10, "Bath BA2 9QX"), (320, 92, 10, "Company number:"), (430, 92, 10, "07741193"),
    )  # fmt: skip
    field = next(f for f in result.fields if f.name == "registered_address")
    assert field.value == "12 Harbour Street, Bath BA2 9QX"
    assert len(field.further) == 1
    assert {round(box.y0) for box in field.boxes} == {80, 92}
    assert field.band is Band.CHECK


def test_the_value_of_the_next_label_is_no_second_line() -> None:
    result = _page(
        (50, 40, 16, "COMPANY REGISTER EXTRACT"),
        (50, 80, 10, "Company name"), (160, 80, 10, "Larkfield Data Ltd"),
        (50, 92, 10, "Company number"), (160, 92, 10, "07741193"),
    )  # fmt: skip
    assert values_of(result)["company_name"] == "Larkfield Data Ltd"


@pytest.mark.parametrize(
    ("before", "address", "behind"),
    [
        ("mit Sitz in ", "Obere Gasse 18, 36999 Neustadt", "."),
        ("office at\n", "17 Orchard Row, Ottercombe, EX15 8ZB", ", was"),
        ("woning aan de ", "Dijk\n11, 1899 XW Meerdam", " in huur"),
        ("w lokalu ", "ul. Polna 16/2, 17-999 Nowe", " za"),
        ("", "9 bis rue du Moulin, 69999 Ville-sur-Eau", ", a"),
        ("sita em ", "Rua do Sol, n.\u00ba 9, 2.\u00ba Esq., 7999-123 Vila de Mar", "."),
        ("at ", "Flat 3, 12 High Street, Bath BA2 9QX", " (the Property)"),
        ("incorporated on 12 August 2020 Larkfield Data Ltd", "", ""),
    ],
)
def test_an_address_in_a_sentence_is_street_number_postcode_and_town(
    before: str, address: str, behind: str
) -> None:
    text = before + address + behind
    found = [text[hit.start : hit.end] for hit in find_addresses(text)]
    assert found == ([address] if address else [])


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("certified that on 12 August 2020 Larkfield Data Ltd was", "Larkfield Data Ltd"),
        ("f\u00fchrt die Firma Steinach S\u00e4gewerk GmbH.", "Steinach S\u00e4gewerk GmbH"),
        ("The Larkfield Company Ltd", "The Larkfield Company Ltd"),
    ],
)
def test_neither_a_day_nor_the_word_for_a_name_belongs_to_a_company(text: str, name: str) -> None:
    assert [hit.name for hit in find_companies(text)] == [name]


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("132.500,00 Euro", "EUR 132500.00"), ("1 490,42 euros", "EUR 1490.42"),
        ("SFr. 2'028.80", "CHF 2028.80"), ("300 Europaletten", None), ("5 Fr.", "CHF 5"),
    ],
)  # fmt: skip
def test_a_currency_may_be_told_by_its_name(text: str, amount: str | None) -> None:
    found = [f"{hit.money.currency} {hit.money.amount}" for hit in find_amounts(text)]
    assert found == ([] if amount is None else [amount])


def test_the_only_span_of_days_of_a_statement_is_its_period() -> None:
    text = STATEMENT.format(label="Buchungen", value="1. Oktober 2026 - 31. Oktober 2026")
    result = read_text(text + "Ausgedruckt\n3. November 2026\n")
    values = values_of(result)
    assert (values["period_start"], values["period_end"]) == ("2026-10-01", "2026-10-31")
    bands = {f.band for f in result.fields if f.name.startswith("period")}
    assert bands == {Band.CHECK}


LETTER = """Northlight Energy

6 October 2026

Dear valued customer {name},

our engineer will visit you on Thursday because of the heating. Please see that the cellar is open.

Kind wishes from all of us
"""


@pytest.mark.parametrize("name", ["Maren Lindqvale", "Florian Anton Pfandl"])
def test_a_letter_is_about_whom_its_salutation_names(name: str) -> None:
    result = read_text(LETTER.format(name=name), answering(type="correspondence"))
    assert values_of(result).get("name") == name


def test_what_a_model_finds_where_nothing_known_is_said_is_for_a_person_to_check() -> None:
    text = "Passport\n\nPassport No.: KL7828309\nSurname: Oosterveld\nGiven names: Maren\n\n{}\n"
    prose = "Kimlik sahibi 3 May 1979 tarihinde dogdu."
    result = read_text(text.format(prose), answering(date_of_birth="3 May 1979"))
    field = next(f for f in result.fields if f.name == "date_of_birth")
    assert (field.normalised, field.engine, field.band) == ("1979-05-03", Engine.MODEL, Band.CHECK)
