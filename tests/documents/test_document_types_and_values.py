"""Types beyond passports and bills: what each gives, in several languages."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casegate.model.document import DocumentType
from tests.documents.reading_papers import answering, read_text, values_of
from tools.documents.values.companies import find_companies
from tools.documents.values.conventions import order_by_language
from tools.documents.values.dates import Century, DateRules, Order
from tools.documents.values.money import read_figure
from tools.documents.values.periods import read_period

RULES = DateRules(date(2026, 11, 8), Order.DAY_FIRST, Century.RECENT)

LICENCE = """DRIVING LICENCE

1. ASHCOMBE
2. ROSALIND
3. 04.05.1979 MARLOW BRIDGE
4a. 01.02.2020 4b. 31.01.2030 4c. DVLA
5. ASHCO705049RA9IJ
9. AM/B
"""
STATEMENT = """Hansehof Bank AG

Kontoauszug

Kontoinhaber: Maren Oosterveld
IBAN: DE89 3704 0044 0532 0130 00
Auszugszeitraum: 01.09.2026 - 30.09.2026
Alter Kontostand am 01.09.2026: 1.250,40 EUR
Neuer Kontostand am 30.09.2026: -45,10 EUR
"""
PAYSLIP = """Bulletin de paie

Employeur: Beauvallon Textiles SARL
Nom et prénom: Amélie Roussel
Période de paie: septembre 2026
Date de paiement: 30 septembre 2026
Salaire brut: 2 500,00 €
Net à payer: 1 950,12 €
"""
CERTIFICATE = """CERTIFICATE OF INCORPORATION

The Registrar of Companies for England and Wales hereby certifies that Oakmere Ceramics Limited
is this day incorporated under the Companies Act 2006 on 4 May 2011 with company number 07654321.
"""


@pytest.mark.parametrize(
    ("text", "type_", "values"),
    [
        (LICENCE, DocumentType.DRIVING_LICENCE,
         {"surname": "ASHCOMBE", "given_names": "ROSALIND", "date_of_birth": "1979-05-04",
          "place_of_birth": "MARLOW BRIDGE", "issue_date": "2020-02-01",
          "expiry_date": "2030-01-31", "document_number": "ASHCO705049RA9IJ"}),
        (STATEMENT, DocumentType.BANK_STATEMENT,
         {"name": "Maren Oosterveld", "iban": "DE89370400440532013000",
          "period_start": "2026-09-01", "period_end": "2026-09-30",
          "opening_balance": "1250.40", "closing_balance": "-45.10"}),
        (PAYSLIP, DocumentType.PAYSLIP,
         {"employer": "Beauvallon Textiles SARL", "name": "Amélie Roussel",
          "period_start": "2026-09-01", "period_end": "2026-09-30",
          "pay_date": "2026-09-30", "gross_pay": "2500.00", "net_pay": "1950.12"}),
        (CERTIFICATE, DocumentType.CERTIFICATE_OF_INCORPORATION,
         {"company_name": "Oakmere Ceramics Limited", "incorporation_date": "2011-05-04",
          "registration_number": "07654321"}),
    ],
    ids=["licence", "statement", "payslip", "certificate"],
)  # fmt: skip
def test_a_paper_gives_its_type_and_required_fields(
    text: str, type_: DocumentType, values: dict[str, str]
) -> None:
    result = read_text(text)
    assert result.type is type_
    assert values.items() <= values_of(result).items()
    assert result.missing == ()
    assert [field.id for field in result.fields] == [
        f"F{number}" for number in range(1, len(result.fields) + 1)
    ]


def test_an_amount_keeps_its_currency() -> None:
    fields = {field.name: field for field in read_text(STATEMENT).fields}
    assert fields["opening_balance"].currency == "EUR"
    bare = read_text(PAYSLIP.replace(" €", ""))
    assert {f.currency for f in bare.fields if f.name == "net_pay"} == {""}


def test_an_account_number_is_not_missing_where_the_iban_is_read() -> None:
    assert "account_number" not in read_text(STATEMENT).missing
    without = read_text(STATEMENT.replace("DE89", "DE88"))
    assert "account_number" not in values_of(without) or "iban" not in values_of(without)
    cut = "\n".join(line for line in STATEMENT.split("\n") if "IBAN" not in line)
    assert "account_number" in read_text(cut).missing


@pytest.mark.parametrize(
    ("printed", "first", "last"),
    [
        ("01/03/2026 - 31/03/2026", "2026-03-01", "2026-03-31"),
        ("vom 01.03.2026 bis 31.03.2026", "2026-03-01", "2026-03-31"),
        ("1 - 31 March 2026", "2026-03-01", "2026-03-31"),
        ("February 2026", "2026-02-01", "2026-02-28"),
        ("październik 2026", "2026-10-01", "2026-10-31"),
    ],
)
def test_a_period_is_two_days_in_order(printed: str, first: str, last: str) -> None:
    period = read_period(printed, RULES)
    assert period is not None
    assert (period[0].day.isoformat(), period[1].day.isoformat()) == (first, last)


@pytest.mark.parametrize("printed", ["31.03.2026 - 01.03.2026", "1 March 2026", "March", "13/2026"])
def test_what_is_no_period_is_not_read_as_one(printed: str) -> None:
    assert read_period(printed, RULES) is None


@given(cents=st.integers(-(10**9), 10**9), group=st.sampled_from([",", ".", " ", "'"]))
def test_a_figure_is_read_back_whatever_its_separators(cents: int, group: str) -> None:
    decimal = "," if group == "." else "."
    whole = f"{abs(cents) // 100:,}".replace(",", group)
    printed = f"{'-' if cents < 0 else ''}{whole}{decimal}{abs(cents) % 100:02d}"
    figure = read_figure(printed, signed=True)
    assert figure is not None
    assert figure.amount * 100 == cents
    if cents < 0:
        assert read_figure(printed) is None


@given(text=st.text("0123456789.,- EURDSCH\u20ac$", max_size=40))
def test_any_figure_ends_in_an_amount_within_its_text_or_none(text: str) -> None:
    figure = read_figure(text, signed=True)
    assert figure is None or 0 <= figure.start < figure.end <= len(text)


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("Fecha de nacimiento\nApellidos\nNombre del titular", Order.DAY_FIRST),
        ("Datum der Rechnung und Betrag", Order.DAY_FIRST),
        ("Date of issue\nQuincemere, OH 44599", Order.MONTH_FIRST),
        ("Date of issue\nBath BA2 9QX", Order.DAY_FIRST),
        ("Date of issue", None),
    ],
)
def test_the_order_of_a_date_follows_the_papers_language(text: str, order: Order | None) -> None:
    assert order_by_language(text).order is order


def test_company_names_are_found_in_sentences() -> None:
    text = "dass die Oakmere & Söhne GmbH mit Sitz in Bonn; für Atelier Brume SARL"
    assert [hit.name for hit in find_companies(text)] == ["Oakmere & Söhne GmbH",
                                                          "Atelier Brume SARL"]  # fmt: skip


def test_a_long_document_is_shown_to_the_model_by_what_is_missing() -> None:
    filler = "\n\n".join(f"Clause {n}. The parties agree on many things." for n in range(400))
    told = "The holder of this passport was born on 3 May 1979 and is a national of Belgium."
    shown: list[str] = []

    def ask(task: str, values: dict[str, str], schema: dict[str, object]) -> dict[str, object]:
        shown.append(values["text"])
        return answering(date_of_birth="3 May 1979")(task, values, schema) or {}

    result = read_text(f"Passport\n\nNationality and place of birth\n\n{filler}\n\n{told}", ask)
    assert told in shown[-1]
    assert len(shown[-1]) <= 6_000
    assert "[...]" in shown[-1]
    assert values_of(result).get("date_of_birth") == "1979-05-03"
