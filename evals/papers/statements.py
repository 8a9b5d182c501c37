"""What people write themselves: origin of funds, applications, letters; and papers of no use."""

import re
from decimal import Decimal

from evals.papers.draft import Draft, Head, Lines, Prose, Title, cents
from evals.papers.numbers import iban, spaced
from evals.papers.people import Person, a_person
from evals.papers.setting import Setting


def source_of_funds(setting: Setting, who: Person | None = None, plant: str = "") -> Draft:
    """Make a letter, or a form, on where money comes from."""
    who, rng = who or a_person(setting), setting.rng
    draft = Draft("source_of_funds", setting, form=rng.choice(("letter", "letter", "form")))
    written = setting.recent()
    amount = Decimal(rng.randint(24, 800) * 500)
    if draft.form == "form":
        draft.add(Head(draft.label("funds_letter")))
        draft.pairs(
            [
                ("full_name", draft.say("name", who.name)),
                ("address", who.address),
                ("funds_source", draft.say("source", setting.issuer("origins"))),
                ("amount", draft.money("amount", amount)),
                ("signed_on", draft.day("date", written)),
            ]
        )
        return draft
    street, _, town = who.address.rpartition(", ")
    sentence = setting.prose("funds").format(
        name=who.name, town=who.town, amount=draft.money("amount", amount)
    )
    origin = re.search(r"\[\[(.*?)\]\]", sentence)
    if origin:
        draft.say("source", origin[1])
    draft.say("name", who.name)
    draft.add(
        Lines((who.name, street, town)),
        Lines((draft.day("date", written),), right=rng.random() < 0.5),
        Lines((setting.issuer("recipient"),)),
        Title(draft.label("funds_letter")),
        Prose(setting.prose("opening")),
        Prose(setting.prose("asked")),
        Prose(sentence.replace("[[", "").replace("]]", "")),
        Prose(setting.prose("closing")),
        Lines((who.name,)),
    )
    return draft


def account_application(setting: Setting, who: Person | None = None, plant: str = "") -> Draft:
    """Make a filled-in form for a new account."""
    who, rng = who or a_person(setting), setting.rng
    draft = Draft("account_application", setting, form=rng.choice(("short", "long", "sections")))
    named = setting.pick("national")
    first = [
        ("full_name", draft.say("name", who.name)),
        ("birth_date", draft.day("date_of_birth", who.born)),
        ("nationality", draft.say("nationality", named, who.country)),
        ("address", draft.say("address", who.address)),
    ]
    second = [
        ("occupation", draft.say("occupation", setting.issuer("occupations"))),
        ("funds_source", draft.say("source_of_funds", setting.issuer("origins"))),
    ]
    if draft.form != "short":
        first.insert(3, ("id_number", draft.say("document_number", who.number)))
        amount = cents(rng.randint(20, 180) * 5_000)
        second.append(("monthly", draft.money("expected_monthly_credits", amount)))
        second.append(("purpose", draft.say("purpose", setting.issuer("purposes"))))
        if setting.code != "US":
            account = iban(rng, setting.code)
            second.append(("iban", draft.say("iban", spaced(account), account)))
    second.append(("signed_on", draft.day("date", setting.recent(30))))
    draft.add(Head(setting.issuer("bank"), draft.label("application")))
    if draft.form == "sections":
        draft.pairs(first)
        draft.add(Title("2."))
        draft.pairs(second)
    else:
        draft.pairs([*first, *second])
    return draft


def correspondence(setting: Setting, who: Person | None = None, plant: str = "") -> Draft:
    """Make a letter on nothing that an onboarding needs."""
    who = who or a_person(setting)
    draft = Draft("correspondence", setting, form="letter")
    first, *rest = setting.whole("chat")
    draft.say("name", who.name)
    draft.add(Head(setting.issuer("utility")))
    draft.add(Lines((draft.day("date", setting.recent()),), right=setting.rng.random() < 0.5))
    draft.add(Prose(first.format(name=who.name)))
    for sentence in rest:
        draft.add(Prose(sentence))
    draft.add(Prose(setting.prose("closing")), Lines((a_person(setting).name,)))
    return draft


def unknown(setting: Setting, who: Person | None = None, plant: str = "") -> Draft:
    """Make a paper that belongs to no case: a menu, a manual, a poem."""
    draft = Draft("unknown", setting, form="page")
    title, _, lines = setting.prose("unknown").partition("::")
    draft.add(Head(title), Lines(tuple(lines.split("|"))))
    return draft


def certification(setting: Setting) -> Draft:
    """Make the page on which a clerk certifies a copy."""
    draft = Draft("correspondence", setting, form="certified")
    draft.add(Prose(setting.issuer("certified")), Lines(("", "_" * 24)))
    return draft
