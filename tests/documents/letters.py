"""Invented papers in many forms, with what they say: for tests and for the figure of field F1.

The wording follows common British, American and continental forms, and is kept apart from the
schemas on purpose: labels that no schema knows stay in.
"""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from email.message import EmailMessage
from random import Random

from docx import Document as Docx
from fpdf import FPDF

Rows = Sequence[tuple[str, str]]

NAMES = (
    ("Maren", "Oosterveld"), ("Tobias Karl", "Lindenau"), ("Siobhan", "Achterberg"),
    ("Nils", "Gr\u00fcnwald"), ("Am\u00e9lie Jeanne", "Roussel"), ("Hanne", "Skov-Larsen"),
    ("Piotr", "Zawadzki"), ("Catherine Mary", "O'Shaughnessy"), ("Ines", "de la Fuente"),
    ("Rajiv", "Menon"), ("Yara", "El Haddad"), ("Gwendolyn", "Pryce"),
)  # fmt: skip
ADDRESSES = (
    "14 Larkspur Close, Bath BA2 9QX", "Prinsengracht 771-B, 1017 JZ Amsterdam",
    "Lindenallee 9, 20259 Hamburg", "3 rue des Tanneurs, 37000 Tours",
    "2205 Juniper Court, Boise, ID 83799", "Flat 6, 81 Corporation Street, Leeds LS1 8ZZ",
    "Calle Olmo 27, 28012 Madrid", "77 Rathmore Terrace, Cork T12 X0X0",
)  # fmt: skip
COUNTRIES = (
    ("British", "GB"), ("Netherlands", "NL"), ("GERMAN", "DE"), ("FRENCH", "FR"), ("USA", "US"),
    ("IRELAND", "IE"), ("Spain", "ES"), ("POL", "PL"), ("Danish", "DK"), ("India", "IN"),
)  # fmt: skip
COMPANIES = (
    "Halcyon Freight B.V.", "Oakmere Ceramics Limited", "Nordwind Solar GmbH", "Atelier Brume SARL",
    "Pine & Plover Bakery Ltd", "Quillon Data Services Inc.",
)  # fmt: skip
ORIGINS = (
    "the sale of my flat in Leeds", "an inheritance from my grandmother", "my salary as a nurse",
    "savings from my employment", "the sale of shares in my former company", "a redundancy payment",
    "a dividend from my own company", "the proceeds of a life insurance policy",
)  # fmt: skip
DAY_FORMS: tuple[Callable[[date], str], ...] = (
    lambda d: d.strftime("%d %B %Y"),
    lambda d: d.strftime("%d/%m/%Y"),
    lambda d: d.strftime("%d.%m.%Y"),
    lambda d: d.strftime("%B %d, %Y").replace(" 0", " "),
    lambda d: d.strftime("%d-%b-%Y").upper(),
    lambda d: d.isoformat(),
)
MONEY_FORMS: tuple[tuple[Callable[[Decimal], str], str], ...] = (
    (lambda a: f"\u00a3{a:,.2f}", "GBP"),
    (lambda a: f"EUR {a:,.2f}".replace(",", "_").replace(".", ",").replace("_", "."), "EUR"),
    (lambda a: f"USD {a:,.0f}", "USD"),
    (lambda a: f"{a:,.2f} CHF".replace(",", "'"), "CHF"),
)


@dataclass(frozen=True)
class Letter:
    """A file and the fields that a reader should find in it."""

    filename: str
    type: str
    data: bytes
    values: dict[str, str]


@dataclass(frozen=True)
class Facts:
    """What one paper is about; equal seeds give equal facts."""

    given: str
    surname: str
    address: str
    country: tuple[str, str]
    born: date
    issued: date
    expires: date
    amount: Decimal
    number: str
    company: str
    registered: str
    origin: str
    day_form: Callable[[date], str]
    money: tuple[Callable[[Decimal], str], str]

    @property
    def name(self) -> str:
        """Given names, then surname."""
        return f"{self.given} {self.surname}"

    def day(self, value: date) -> str:
        """Print a day in this paper's form."""
        return self.day_form(value)


def make_facts(rng: Random) -> Facts:
    """Invent what a paper says."""
    given, surname = rng.choice(NAMES)
    first = date(2025, 1, 13)
    issued = first + timedelta(days=rng.randint(0, 600))
    return Facts(
        given=given,
        surname=surname,
        address=rng.choice(ADDRESSES),
        country=rng.choice(COUNTRIES),
        # Days over 12 keep numeric dates readable without knowing their order.
        born=date(rng.randint(1948, 2004), rng.randint(1, 12), rng.randint(13, 28)),
        issued=issued.replace(day=rng.randint(13, 28)),
        expires=issued.replace(year=issued.year + 9, day=rng.randint(13, 28)),
        amount=Decimal(rng.randint(20, 9000) * 50),
        number=f"{rng.choice('CFGHJK')}{rng.choice('LMNPR')}{rng.randint(1_000_000, 9_999_999)}",
        company=rng.choice(COMPANIES),
        registered=str(rng.randint(10_000_000, 99_999_999)),
        origin=rng.choice(ORIGINS),
        day_form=rng.choice(DAY_FORMS),
        money=rng.choice(MONEY_FORMS),
    )


def pairs_pdf(title: str, rows: Rows, tail: str = "") -> bytes:
    """Draw label and value side by side."""
    pdf = _page(title)
    for label, value in rows:
        pdf.set_font("Helvetica", "", 10)
        pdf.cell(60, 7, _latin(label))
        pdf.cell(0, 7, _latin(value), new_x="LMARGIN", new_y="NEXT")
    return _finish(pdf, tail)


def colon_pdf(title: str, rows: Rows, tail: str = "") -> bytes:
    """Draw `label: value` lines."""
    pdf = _page(title)
    pdf.set_font("Times", "", 11)
    for label, value in rows:
        pdf.cell(0, 7, _latin(f"{label}: {value}"), new_x="LMARGIN", new_y="NEXT")
    return _finish(pdf, tail)


def stacked_pdf(title: str, rows: Rows, tail: str = "") -> bytes:
    """Draw small labels in two columns with the values below."""
    pdf = _page(title)
    for index in range(0, len(rows), 2):
        pair = rows[index : index + 2]
        pdf.set_font("Helvetica", "", 7)
        for label, _ in pair:
            pdf.cell(90, 4, _latin(label))
        pdf.ln(4)
        pdf.set_font("Helvetica", "B", 10.5)
        for _, value in pair:
            pdf.cell(90, 6, _latin(value))
        pdf.ln(10)
    return _finish(pdf, tail)


def table_docx(title: str, rows: Rows, tail: str = "") -> bytes:
    """Write a table of two columns."""
    document = Docx()
    document.add_heading(title)
    table = document.add_table(rows=0, cols=2)
    for label, value in rows:
        cells = table.add_row().cells
        cells[0].text, cells[1].text = label, value
    document.add_paragraph(tail)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def table_html(title: str, rows: Rows, tail: str = "") -> bytes:
    """Write a page with a table."""
    body = "".join(f"<tr><th>{label}</th><td>{value}</td></tr>" for label, value in rows)
    page = f"<h1>{title}</h1><table>{body}</table><p>{tail}</p>"
    return f"<!doctype html><html><body>{page}</body></html>".encode()


def colon_text(title: str, rows: Rows, tail: str = "") -> bytes:
    """Write plain text."""
    lines = "\n".join(f"{label}: {value}" for label, value in rows)
    return f"{title}\n\n{lines}\n\n{tail}\n".encode()


def prose_pdf(title: str, paragraphs: Sequence[str]) -> bytes:
    """Write a letter."""
    pdf = _page(title)
    pdf.set_font("Times", "", 11)
    for paragraph in paragraphs:
        pdf.multi_cell(0, 5.5, _latin(paragraph), new_x="LMARGIN", new_y="NEXT")
        pdf.ln(3)
    return bytes(pdf.output())


def mail(subject: str, sender: str, paragraphs: Sequence[str]) -> bytes:
    """Write a mail."""
    message = EmailMessage()
    message["From"] = f"{sender} <customer@example.org>"
    message["To"] = "New accounts <accounts@bank.example>"
    message["Subject"] = subject
    message["Date"] = "Tue, 20 Oct 2026 09:30:00 +0000"
    message.set_content("\n\n".join(paragraphs))
    return message.as_bytes()


FORMS: tuple[tuple[str, Callable[[str, Rows, str], bytes]], ...] = (
    ("pdf", pairs_pdf), ("pdf", colon_pdf), ("pdf", stacked_pdf), ("docx", table_docx),
    ("html", table_html), ("txt", colon_text),
)  # fmt: skip


def _page(title: str) -> FPDF:
    pdf = FPDF(format="A4")
    pdf.set_margins(20, 18, 20)
    pdf.add_page()
    pdf.set_font("Helvetica", "B", 15)
    pdf.cell(0, 10, _latin(title), new_x="LMARGIN", new_y="NEXT")
    pdf.ln(4)
    return pdf


def _finish(pdf: FPDF, tail: str) -> bytes:
    if tail:
        pdf.ln(4)
        pdf.set_font("Helvetica", "", 9)
        pdf.multi_cell(0, 5, _latin(tail))
    return bytes(pdf.output())


def _latin(text: str) -> str:
    return text.replace("\u2019", "'")
