"""Papers about a person: passport, utility bill, source-of-funds letter."""

from datetime import date, timedelta
from decimal import Decimal
from random import Random  # noqa: TID251 - only the type; the seeded instance is an argument

from examples.paper import Paper, Sheet, Value, dollars, long_date, short_date
from examples.people import Person

_UTILITIES = ("Fernhill Water & Power", "Bluewater Electric Cooperative", "Northlight Energy")


def _check_digit(text: str) -> str:
    """Sum the characters with weights 7, 3, 1 modulo 10 (ICAO 9303-3, section 4.9)."""
    order = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    values = (0 if char == "<" else order.index(char) for char in text)
    return str(sum(value * (7, 3, 1)[i % 3] for i, value in enumerate(values)) % 10)


def machine_readable_zone(who: Person) -> tuple[str, str]:
    """Make the two 44-character lines of a passport (ICAO 9303-4, TD3)."""
    surname, given = (
        t.upper().replace("-", "<").replace(" ", "<") for t in (who.surname, who.given)
    )
    first = f"P<{who.country_code}{surname}<<{given}".ljust(44, "<")[:44]
    number = who.passport.ljust(9, "<")
    born, expires = who.born.strftime("%y%m%d"), who.expires.strftime("%y%m%d")
    personal = "<" * 14
    parts = [
        number + _check_digit(number),
        born + _check_digit(born),
        expires + _check_digit(expires),
        personal + _check_digit(personal),
    ]
    composite = _check_digit("".join(parts))
    return first, f"{parts[0]}{who.country_code}{parts[1]}{who.sex}{parts[2]}{parts[3]}{composite}"


def passport(who: Person, *, subject: str, filename: str) -> Paper:
    """Draw a passport's data page with a valid machine readable zone."""
    sheet = Sheet("Passport", tint=(96, 40, 48))
    sheet.heading("PASSPORT", who.country_name)
    sheet.stacked(
        [
            [("Type", "P"), ("Passport No.", who.passport)],
            [("Surname", who.surname.upper()), ("Given names", who.given.upper())],
            [
                ("Nationality", who.country_name.upper()),
                ("Code of issuing state", who.country_code),
            ],
            [("Date of birth", short_date(who.born)), ("Sex", who.sex)],
            [("Place of birth", who.birthplace.upper()), ("Authority", "PASSPORT OFFICE")],
            [
                ("Date of issue", short_date(who.issued)),
                ("Date of expiry", short_date(who.expires)),
            ],
        ]
    )
    sheet.space(6)
    sheet.machine_zone(machine_readable_zone(who))
    sheet.footer("Fictional specimen, made for demonstration. Not a travel document.")
    values = (
        Value("document_number", who.passport, who.passport, subject),
        Value("surname", who.surname.upper(), who.surname.upper(), subject),
        Value("given_names", who.given.upper(), who.given.upper(), subject),
        Value("nationality", who.country_name.upper(), who.nationality, subject),
        Value("date_of_birth", short_date(who.born), who.born.isoformat(), subject),
        Value("sex", who.sex, who.sex, subject),
        Value("place_of_birth", who.birthplace.upper(), who.birthplace.upper(), subject),
        Value("issue_date", short_date(who.issued), who.issued.isoformat(), subject),
        Value("expiry_date", short_date(who.expires), who.expires.isoformat(), subject),
    )
    return Paper(filename, "passport", sheet.finish(), values)


def utility_bill(who: Person, *, issued: date, subject: str, rng: Random) -> Paper:
    """Draw a utility bill, as proof of address."""
    company = rng.choice(_UTILITIES)
    used = rng.randint(210, 640)
    due = Decimal(used) * Decimal("0.17") + Decimal("11.40")
    sheet = Sheet("Utility bill", tint=(24, 92, 92))
    sheet.heading(company, "Electricity and water - monthly statement")
    sheet.pairs(
        [
            ("Customer name", who.name),
            ("Service address", who.address),
            ("Bill date", long_date(issued)),
            ("Customer reference", f"U-{rng.randint(100_000, 999_999)}"),
        ]
    )
    sheet.section("Charges of this period")
    sheet.table(
        ["Item", "Quantity", "Amount"],
        [
            ["Electricity", f"{used} kWh", dollars(due - Decimal("11.40"))],
            ["Standing charge", "1", "$11.40"],
            ["Amount due", "", dollars(due)],
        ],
    )
    sheet.text(f"Please pay by {long_date(issued + timedelta(days=21))}. Thank you.")
    sheet.footer("Fictional example. The company and the address do not exist.")
    values = (
        Value("name", who.name, who.name, subject),
        Value("address", who.address, who.address, subject),
        Value("issue_date", long_date(issued), issued.isoformat(), subject),
        Value("issuer", company, company, subject),
    )
    return Paper("utility-bill.pdf", "proof_of_address", sheet.finish(), values)


_ORIGINS = (
    (
        "the sale of a house",
        "The money comes from {origin} at {old}, which I inherited in 2014 and let to tenants "
        "until last spring. The buyers paid the full price at completion, and after the "
        "agent's fee and the taxes the sum of {amount} remained with me.",
    ),
    (
        "an inheritance from my aunt",
        "The money comes from {origin}, who lived at {old} and died last year. Her executor "
        "closed the estate this summer and paid out my part, which was {amount} after costs.",
    ),
    (
        "the sale of my share in a boatyard",
        "The money comes from {origin} at {old}, where I had been a partner since 2009. My two "
        "partners bought me out in one payment, and I received {amount} for it.",
    ),
    (
        "savings from my salary",
        "The money comes from {origin} over the past eleven years, kept in a savings plan that "
        "I opened when I lived at {old}. The plan ended this autumn and paid {amount}.",
    ),
)


def funds_letter(who: Person, *, written: date, subject: str, rng: Random, old: str) -> Paper:
    """Write a letter that explains in prose where the first deposit comes from."""
    origin, body = rng.choice(_ORIGINS)
    amount = Decimal(rng.randint(36, 190) * 500)
    sheet = Sheet("Letter on the origin of funds", tint=(60, 60, 60))
    sheet.text(who.name, gap=0)
    sheet.text(who.street, gap=0)
    sheet.text(who.town, gap=8)
    sheet.text(long_date(written), gap=8)
    sheet.text("To: First Meridian Bank, New Accounts", gap=6)
    sheet.section("Source of funds for my new account")
    sheet.text("Dear Sir or Madam,", gap=4)
    sheet.text(
        "you asked me to explain where the money comes from that I would like to place with you."
    )
    sheet.text(body.format(origin=origin, old=old, amount=dollars(amount)))
    sheet.text(
        "I mean to keep most of it as a reserve and to use the account for my salary and my "
        "household bills. I am glad to send further papers if you need them.",
        gap=6,
    )
    sheet.text("Yours faithfully,", gap=8)
    sheet.text(who.name)
    sheet.footer("Fictional example.")
    values = (
        Value("name", who.name, who.name, subject),
        Value("source", origin, origin, subject),
        Value("amount", dollars(amount), str(amount.quantize(Decimal("0.01"))), subject),
        Value("date", long_date(written), written.isoformat(), subject),
    )
    return Paper("source-of-funds-letter.pdf", "source_of_funds", sheet.finish(), values)
