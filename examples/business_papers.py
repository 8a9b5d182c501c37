"""Papers about a business: register extract, ownership declaration, application, licence."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from examples.paper import Paper, Sheet, Value, dollars, long_date
from examples.people import Person


@dataclass(frozen=True)
class Firm:
    """A fictional company."""

    name: str
    number: str
    incorporated: date
    address: str
    business: str


@dataclass(frozen=True)
class Owner:
    """An owner of a firm: party id, person, share in percent."""

    party: str
    who: Person
    share: int


def register_extract(firm: Firm, *, director: Person, issued: date, subject: str) -> Paper:
    """Draw an extract from a company register."""
    sheet = Sheet("Register extract", tint=(36, 60, 110))
    sheet.heading("Register of Companies", "Certified extract")
    sheet.pairs(
        [
            ("Company name", firm.name),
            ("Registration number", firm.number),
            ("Date of incorporation", long_date(firm.incorporated)),
            ("Country of registration", "United States of America"),
            ("Registered office", firm.address),
            ("Business", firm.business),
            ("Director", director.name),
            ("Status", "Active"),
            ("Extract issued on", long_date(issued)),
        ]
    )
    sheet.text("The entries above are those of the register on the day of issue.")
    sheet.footer("Fictional example. The register and the company do not exist.")
    incorporated = firm.incorporated
    values = (
        Value("company_name", firm.name, firm.name, subject),
        Value("registration_number", firm.number, firm.number, subject),
        Value("incorporation_date", long_date(incorporated), incorporated.isoformat(), subject),
        Value("country", "United States of America", "US", subject),
        Value("registered_address", firm.address, firm.address, subject),
        Value("director", director.name, director.name, subject),
        Value("issue_date", long_date(issued), issued.isoformat(), subject),
    )
    return Paper("register-extract.pdf", "register_extract", sheet.finish(), values)


def ownership_declaration(
    firm: Firm, owners: Sequence[Owner], *, control: Owner, signed: date, subject: str
) -> Paper:
    """Draw a declaration of beneficial owners and the person in control."""
    sheet = Sheet("Declaration of beneficial ownership", tint=(84, 52, 100))
    sheet.heading("Declaration of Beneficial Ownership", "To First Meridian Bank")
    sheet.pairs(
        [
            ("Company name", firm.name),
            ("Registration number", firm.number),
            ("Date of declaration", long_date(signed)),
        ]
    )
    sheet.section("Owners")
    sheet.table(
        ["Name of owner", "Date of birth", "Share"],
        [[o.who.name, long_date(o.who.born), f"{o.share} %"] for o in owners],
    )
    sheet.section("Control")
    sheet.pairs([("Control person", control.who.name), ("Position", "Managing director")])
    sheet.text(
        "I declare that no other person holds 25 percent or more of the company, directly or "
        "through others, and that I will tell the bank of every change."
    )
    sheet.text(f"Signed: {control.who.name}")
    sheet.footer("Fictional example.")
    values = [
        Value("company_name", firm.name, firm.name, subject),
        Value("registration_number", firm.number, firm.number, subject),
        Value("declaration_date", long_date(signed), signed.isoformat(), subject),
        Value("control_person", control.who.name, control.who.name, control.party),
    ]
    for owner in owners:
        values += [
            Value("owner_name", owner.who.name, owner.who.name, owner.party),
            Value("owner_share", f"{owner.share} %", str(owner.share), owner.party),
        ]
    data = sheet.finish()
    return Paper("ownership-declaration.pdf", "ownership_declaration", data, tuple(values))


def account_application(
    who: Person,
    *,
    signed: date,
    monthly: Decimal,
    purpose: str,
    season: str,
    subject: str,
) -> Paper:
    """Draw an account application; `season` describes peak months, empty without a season."""
    sheet = Sheet("Account application", tint=(30, 84, 52))
    sheet.heading("First Meridian Bank", "Account application")
    sheet.section("Applicant")
    sheet.pairs(
        [
            ("Full name", who.name),
            ("Date of birth", long_date(who.born)),
            ("Residential address", who.address),
            ("Occupation", who.occupation),
        ]
    )
    sheet.section("Expected use of the account")
    rows = [("Expected monthly credits", dollars(monthly)), ("Purpose of account", purpose)]
    sheet.pairs([*rows, ("Seasonal peak", season)] if season else rows)
    sheet.pairs([("Date of application", long_date(signed)), ("Signature", who.name)])
    sheet.footer("Fictional example. The bank does not exist.")
    plain = str(monthly.quantize(Decimal("0.01")))
    values = (
        Value("name", who.name, who.name, subject),
        Value("date_of_birth", long_date(who.born), who.born.isoformat(), subject),
        Value("address", who.address, who.address, subject),
        Value("occupation", who.occupation, who.occupation, subject),
        Value("expected_monthly_credits", dollars(monthly), plain, subject),
        Value("purpose", purpose, purpose, subject),
        Value("date", long_date(signed), signed.isoformat(), subject),
    )
    return Paper("account-application.pdf", "account_application", sheet.finish(), values)


def site_letter(
    who: Person, *, trade: str, months: str, site: str, written: date, subject: str
) -> Paper:
    """Write a landlord's letter that confirms a seasonal lease."""
    sheet = Sheet("Letter on a seasonal lease", tint=(120, 84, 24))
    sheet.heading("Tallow Creek Estates", "Office of commons and markets")
    sheet.text(long_date(written), gap=6)
    sheet.text(f"To: {who.name}, {who.address}", gap=6)
    sheet.section("Confirmation of your seasonal lease")
    sheet.text(f"Dear {who.name},", gap=4)
    sheet.text(
        f"we confirm that you lease {site} from us for {trade}, in {months} of each year, since "
        "2022. Your customers pay mostly in cash, as there is no card terminal on the site, and "
        "the rent is due after the season."
    )
    sheet.text("We look forward to another good season with you.", gap=6)
    sheet.text("With kind regards, the estate office")
    sheet.footer("Fictional example.")
    values = (
        Value("name", who.name, who.name, subject),
        Value("date", long_date(written), written.isoformat(), subject),
    )
    return Paper("lease-letter.pdf", "correspondence", sheet.finish(), values)
