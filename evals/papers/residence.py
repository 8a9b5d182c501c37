"""Proofs of address: utility bills, letters of a bank, tax notices, tenancies."""

from datetime import timedelta

from evals.papers.draft import Draft, Head, Lines, Prose, Table, Title, cents
from evals.papers.numbers import iban, spaced
from evals.papers.people import Person, a_person
from evals.papers.pools import options, table
from evals.papers.setting import Setting


def proof_of_address(setting: Setting, who: Person | None = None, plant: str = "") -> Draft:
    """Make one of the four kinds."""
    who = who or a_person(setting)
    kinds = (utility_bill, utility_bill, bank_letter, tax_notice, tenancy)
    return setting.rng.choice(kinds)(setting, who)


def _window(address: str, name: str) -> Lines:
    street, _, town = address.rpartition(", ")
    return Lines((name, street, town) if street else (name, address))


def utility_bill(setting: Setting, who: Person) -> Draft:
    """Make a bill for energy or water, its addressee in the window or among the labels."""
    rng = setting.rng
    draft = Draft("proof_of_address", setting, form=rng.choice(("window", "labels", "both")))
    draft.unjudged |= {"period_start", "period_end"}
    issued = setting.recent()
    draft.add(Head(draft.say("issuer", setting.issuer("utility")), draft.label("bill")))
    draft.say("name", who.name)
    draft.say("address", who.address)
    if draft.form != "labels":
        draft.add(_window(who.address, who.name))
    customer = str(rng.randint(10_000_000, 999_999_999))
    rows = [("bill_date", draft.day("issue_date", issued))]
    rows.append(("customer_number", draft.say("customer_number", customer)))
    if draft.form != "window":
        rows.insert(0, ("supply_address", who.address))
    if draft.form == "labels":
        rows.insert(0, ("customer", who.name))
    draft.pairs(rows)
    used, fixed = rng.randint(210, 2900), cents(rng.randint(900, 2400))
    cost = cents(used * rng.randint(16, 34))
    total = draft.money("amount", cost + fixed)
    charges = _charges(draft)
    draft.add(
        Table(
            (draft.label("item"), draft.label("consumption"), draft.label("amount")),
            (
                (charges[0], f"{used} kWh", setting.money(cost)),
                (charges[1], "1", setting.money(fixed)),
                (draft.label("due"), "", total),
            ),
            (0.5, 0.22, 0.28),
        )
    )
    draft.pairs([("due_date", setting.day(issued + timedelta(days=21)))])
    return draft


def _charges(draft: Draft) -> tuple[str, ...]:
    """Name what is paid by use and what is fixed."""
    if draft.setting.held:
        return options(table("issuers", True)["charges"][draft.setting.language])
    return draft.label("bill"), draft.label("net_total")


def bank_letter(setting: Setting, who: Person) -> Draft:
    """Make a bank's confirmation of name and address."""
    rng = setting.rng
    draft = Draft("proof_of_address", setting, form="letter")
    draft.unjudged |= {"customer_number", "amount", "period_start", "period_end"}
    draft.add(Head(draft.say("issuer", setting.issuer("bank"))))
    draft.add(_window(draft.say("address", who.address), draft.say("name", who.name)))
    draft.add(Lines((draft.day("issue_date", setting.recent()),), right=True))
    draft.add(Title(draft.label("bank_letter")))
    sentence = setting.prose("bank_letter")
    account = spaced(iban(rng, setting.code if setting.code != "US" else "GB"))
    draft.add(
        Prose(setting.prose("opening")),
        Prose(
            sentence.format(
                name=who.name, address=who.address, iban=account, year=rng.randint(2004, 2023)
            )
        ),
        Prose(setting.prose("closing")),
        Lines((draft.said[0].printed,)),
    )
    return draft


def tax_notice(setting: Setting, who: Person) -> Draft:
    """Make a notice of a tax office."""
    rng = setting.rng
    draft = Draft("proof_of_address", setting, form="notice")
    draft.unjudged |= {"period_start", "period_end"}
    draft.add(Head(draft.say("issuer", setting.issuer("tax")), draft.label("tax_notice")))
    draft.add(_window(draft.say("address", who.address), draft.say("name", who.name)))
    number = f"{rng.randint(10, 99)}/{rng.randint(100, 999)}/{rng.randint(10000, 99999)}"
    draft.pairs(
        [
            ("issue_date", draft.day("issue_date", setting.recent())),
            ("customer_number", draft.say("customer_number", number)),
            ("due", draft.money("amount", cents(rng.randint(9_000, 480_000)))),
        ]
    )
    return draft


def tenancy(setting: Setting, who: Person) -> Draft:
    """Make a tenancy agreement in prose."""
    rng = setting.rng
    draft = Draft("proof_of_address", setting, form="contract")
    draft.unjudged |= {"issuer", "amount", "customer_number", "period_start", "period_end"}
    landlord = next(n for n in iter(lambda: a_person(setting).name, "") if n != who.name)
    draft.add(Head(draft.label("tenancy")))
    text = setting.prose("tenancy").format(
        date=draft.day("issue_date", setting.recent()),
        landlord=landlord,
        name=draft.say("name", who.name),
        address=draft.say("address", who.address),
        rent=setting.money(cents(rng.randint(40_000, 210_000))),
    )
    draft.add(Prose(text), Lines(("", "_" * 24, landlord, "", "_" * 24, who.name)))
    return draft
