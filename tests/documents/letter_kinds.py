"""One maker per kind of paper; labels vary as they do between issuers."""

from collections.abc import Callable
from random import Random

from tests.documents.letters import FORMS, Letter, mail, make_facts, prose_pdf


def passport(rng: Random) -> Letter:
    """A data page as a form."""
    f = make_facts(rng)
    shown, code = f.country
    rows = [
        (rng.choice(("Passport No.", "Passport number", "Document No.")), f.number),
        (rng.choice(("Surname", "1. Surname / Nom", "Family name")), f.surname.upper()),
        (rng.choice(("Given names", "Given name(s)", "Forenames", "Pr\u00e9noms / Given names")),
         f.given.upper()),
        (rng.choice(("Nationality", "Nationality / Nationalit\u00e9")), shown),
        (rng.choice(("Date of birth", "Birth date", "DOB")), f.day(f.born)),
        (rng.choice(("Date of issue", "Issued on")), f.day(f.issued)),
        (rng.choice(("Date of expiry", "Valid until", "Expiry date", "Date of expiration")),
         f.day(f.expires)),
    ]  # fmt: skip
    values = {
        "document_number": f.number, "surname": f.surname.upper(), "given_names": f.given.upper(),
        "nationality": code, "date_of_birth": f.born.isoformat(),
        "issue_date": f.issued.isoformat(), "expiry_date": f.expires.isoformat(),
    }  # fmt: skip
    return _form(rng, "PASSPORT", "passport", rows, values)


def utility_bill(rng: Random) -> Letter:
    """A bill as proof of address."""
    f = make_facts(rng)
    rows = [
        (rng.choice(("Account holder", "Customer name", "Bill to", "Contract partner")), f.name),
        (rng.choice(("Service address", "Supply address", "Address of supply", "Your address")),
         f.address),
        (rng.choice(("Bill date", "Date of issue", "Invoice date", "Date")), f.day(f.issued)),
        ("Meter number", "M-449 201"),
        ("Amount due", "88.12"),
    ]  # fmt: skip
    values = {"name": f.name, "address": f.address, "issue_date": f.issued.isoformat()}
    title = rng.choice(("Electricity bill", "Your gas bill", "Water bill", "Broadband bill"))
    return _form(rng, title, "proof_of_address", rows, values, "Standing charge and tariff apply.")


def register(rng: Random) -> Letter:
    """An extract from a register."""
    f = make_facts(rng)
    rows = [
        (rng.choice(("Company name", "Legal name", "Name of company", "Trade name")), f.company),
        (rng.choice(("Registration number", "Company number", "Registration No.", "File number")),
         f.registered),
        (rng.choice(("Date of incorporation", "Incorporated on", "Date of formation")),
         f.day(f.born.replace(year=2011))),
        (rng.choice(("Registered office", "Registered address", "Registered office address")),
         f.address),
        (rng.choice(("Director", "Managing director")), f.name),
    ]  # fmt: skip
    values = {
        "company_name": f.company, "registration_number": f.registered,
        "incorporation_date": f.born.replace(year=2011).isoformat(),
        "registered_address": f.address, "director": f.name,
    }  # fmt: skip
    title = rng.choice(("Extract from the company register", "Companies House: company overview",
                        "Commercial register extract"))  # fmt: skip
    return _form(rng, title, "register_extract", rows, values, "Status on the day of issue.")


def application(rng: Random) -> Letter:
    """An account application."""
    f = make_facts(rng)
    money, _ = f.money
    rows = [
        (rng.choice(("Full name", "Name of applicant", "Applicant name")), f.name),
        (rng.choice(("Date of birth", "Date of birth (dd/mm/yyyy)")), f.day(f.born)),
        (rng.choice(("Residential address", "Home address", "Permanent address")), f.address),
        (rng.choice(("Nationality", "Citizenship")), f.country[0]),
        (rng.choice(("Occupation", "Profession", "Current role")), "structural engineer"),
        (rng.choice(("Expected monthly credits", "Expected monthly turnover")), money(f.amount)),
        (rng.choice(("Source of funds", "Origin of funds")), f.origin),
        (rng.choice(("Purpose of account", "Intended use of account")), "salary and savings"),
    ]
    values = {
        "name": f.name, "date_of_birth": f.born.isoformat(), "address": f.address,
        "nationality": f.country[1], "occupation": "structural engineer",
        "expected_monthly_credits": f"{f.amount:.2f}", "source_of_funds": f.origin,
        "purpose": "salary and savings",
    }  # fmt: skip
    return _form(rng, "Account opening form", "account_application", rows, values)


def funds(rng: Random) -> Letter:
    """A letter on the origin of money, in sentences."""
    f = make_facts(rng)
    money, _ = f.money
    amount = money(f.amount)
    opening = rng.choice((
        f"The money comes from {f.origin}. The sum of {amount} reached my account this summer.",
        f"The funds originate from {f.origin}, and the amount is {amount}.",
        f"My deposit of {amount} stems from {f.origin}, as the papers show.",
        f"The source of these funds is {f.origin}. In all I received {amount}.",
        f"I made this money through {f.origin}; the total was {amount}.",
    ))  # fmt: skip
    day = f.issued.strftime("%d %B %Y")
    paragraphs = [
        day, "To: First Meridian Bank", "Dear Sir or Madam,",
        "you asked about the origin of the funds that I would like to place with you.", opening,
        "I will keep most of it with your bank and transfer some to my pension next year.",
        "Yours sincerely,", f.name,
    ]  # fmt: skip
    values = {"name": f.name, "source": f.origin, "amount": f"{f.amount:.2f}"}
    if rng.random() < 0.3:
        data = mail("Source of funds", f.name, paragraphs)
        return Letter("letter.eml", "source_of_funds", data, values)
    values["date"] = f.issued.isoformat()
    return Letter("letter.pdf", "source_of_funds", prose_pdf("Source of funds", paragraphs), values)


def owners(rng: Random) -> Letter:
    """A declaration of two owners in sentences."""
    f, g = make_facts(rng), make_facts(rng)
    share = rng.choice((51, 60, 75))
    company = f.company
    paragraphs = [
        f"Company name: {company}",
        f"{f.name} holds {share} % of the shares. {g.name} holds {100 - share} % of the shares.",
        "No other person owns more than 25 percent.",
    ]
    values = {"company_name": company, "owner_share": str(share)}
    data = prose_pdf("Declaration of beneficial ownership", paragraphs)
    return Letter("owners.pdf", "ownership_declaration", data, values)


MAKERS: tuple[Callable[[Random], Letter], ...] = (
    passport, utility_bill, register, application, funds, owners,
)  # fmt: skip


def _form(
    rng: Random,
    title: str,
    kind: str,
    rows: list[tuple[str, str]],
    values: dict[str, str],
    tail: str = "",
) -> Letter:
    suffix, draw = rng.choice(FORMS)
    return Letter(f"paper.{suffix}", kind, draw(title, rows, tail), values)


def collection(seed: int, count: int) -> list[Letter]:
    """Make papers of all kinds in turn; equal seeds give equal papers."""
    rng = Random(seed)  # noqa: S311 - fiction needs repeatable numbers, not secret ones
    return [MAKERS[index % len(MAKERS)](rng) for index in range(count)]
