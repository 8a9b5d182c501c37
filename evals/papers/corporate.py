"""Papers of companies: certificate, register extract, ownership, articles."""

from decimal import Decimal

from evals.papers.draft import Draft, Head, Lines, Prose, Table, Title
from evals.papers.numbers import lei
from evals.papers.people import Company, Person, a_company, a_person
from evals.papers.setting import Setting


def certificate(setting: Setting, company: Company | None = None, plant: str = "") -> Draft:
    """Make a certificate of incorporation: in one sentence, or with labels."""
    company = company or a_company(setting)
    forms = ("prose", "prose", "labels")
    draft = Draft("certificate_of_incorporation", setting, form=setting.rng.choice(forms))
    draft.unjudged |= {"authority", "legal_form", "country", "issue_date"}
    draft.add(Head(draft.label("certificate"), setting.pick("names")))
    draft.say("company_name", company.name)
    draft.say("registration_number", company.number)
    draft.say("registered_address", company.address)
    founded = draft.day("incorporation_date", company.founded)
    if draft.form == "prose":
        sentence = setting.prose("certificate")
        text = sentence.format(
            company=company.name, number=company.number, date=founded, address=company.address
        )
        draft.add(Prose(text.replace("..", ".")), Lines(("", "", "_" * 26, a_person(setting).name)))
        return draft
    draft.pairs(
        [
            ("company_name", company.name), ("registration_number", company.number),
            ("incorporated_on", founded), ("registered_office", company.address),
        ]
    )  # fmt: skip
    return draft


def register_extract(setting: Setting, company: Company | None = None, plant: str = "") -> Draft:
    """Make an extract from a register."""
    company, rng = company or a_company(setting), setting.rng
    draft = Draft("register_extract", setting, form=rng.choice(("list", "numbered", "short")))
    draft.unjudged |= {"legal_form", "vat_number"}
    capital = Decimal(rng.choice((1_000, 10_000, 25_000, 35_000, 100_000)))
    rows = [
        ("company_name", draft.say("company_name", company.name)),
        ("registration_number", draft.say("registration_number", company.number)),
        ("registered_office", draft.say("registered_address", company.address)),
        ("incorporated_on", draft.day("incorporation_date", company.founded)),
        ("status", draft.say("status", setting.issuer("status"))),
        ("director", draft.say("director", a_person(setting).name)),
    ]
    if draft.form != "short":
        rows.insert(4, ("capital", draft.money("share_capital", capital)))
        name = setting.pick("names")
        rows.insert(2, ("company_country", draft.say("country", name, company.country)))
    if rng.random() < 0.4:
        setting.labels["lei"] = "LEI"
        rows.append(("lei", draft.say("lei", lei(rng))))
    rows.append(("extract_date", draft.day("issue_date", setting.recent())))
    draft.add(Head(draft.label("register"), "" if draft.form == "short" else setting.pick("names")))
    if draft.form == "numbered":
        labels = {name: f"{i}. {draft.label(name)}" for i, (name, _) in enumerate(rows, 1)}
        setting.labels.update(labels)
    draft.pairs(rows)
    return draft


def ownership(setting: Setting, company: Company | None = None, plant: str = "") -> Draft:
    """Make a declaration of who owns a company: a table, or a block per owner."""
    company, rng = company or a_company(setting), setting.rng
    draft = Draft("ownership_declaration", setting, form=rng.choice(("table", "table", "blocks")))
    draft.unjudged |= {"owner_nationality"}
    owners = _owners(setting, rng.choice((1, 2, 2, 3)))
    shares = {1: (100,), 2: (60, 40), 3: (45, 30, 25)}[len(owners)]
    draft.add(Head(draft.label("ownership")))
    draft.pairs(
        [
            ("company_name", draft.say("company_name", company.name)),
            ("registration_number", draft.say("registration_number", company.number)),
        ]
    )
    rows = []
    for who, share in zip(owners, shares, strict=True):
        rows.append(
            (
                draft.say("owner_name", who.name),
                draft.day("owner_date_of_birth", who.born),
                draft.say(
                    "owner_share", f"{share} %" if rng.random() < 0.5 else f"{share}%", str(share)
                ),
            )
        )
    names = ("owner", "birth_date", "share")
    if draft.form == "table":
        head = tuple(draft.label(name) for name in names)
        draft.add(Table(head, tuple(rows), (0.45, 0.33, 0.22), amounts=1))
    else:
        for row in rows:
            draft.pairs(list(zip(names, row, strict=True)))
    last = [("declared_on", draft.day("declaration_date", setting.recent()))]
    if rng.random() < 0.5:
        last.insert(0, ("controller", draft.say("control_person", owners[0].name)))
    draft.pairs(last)
    return draft


def _owners(setting: Setting, count: int) -> list[Person]:
    owners: dict[str, Person] = {}
    while len(owners) < count:
        who = a_person(setting)
        owners.setdefault(who.name, who)
    return list(owners.values())


def articles(setting: Setting, company: Company | None = None, plant: str = "") -> Draft:
    """Make the first page of articles of association."""
    company, rng = company or a_company(setting), setting.rng
    draft = Draft("articles", setting, form=rng.choice(("sections", "articles", "paragraphs")))
    draft.unjudged |= {"registration_number", "country", "adoption_date"}
    draft.add(Head(draft.label("articles"), company.name if rng.random() < 0.6 else ""))
    capital = draft.money("share_capital", Decimal(rng.choice((1_000, 25_000, 35_000, 100_000))))
    draft.say("company_name", company.name)
    draft.say("registered_address", company.address)
    sign = {"sections": "{}.", "articles": "Art. {}", "paragraphs": "§ {}"}[draft.form]
    for number, line in enumerate(setting.whole("articles"), 1):
        name, _, sentence = line.partition("|")
        draft.add(Title(f"{sign.format(number)} {name}"))
        text = sentence.format(company=company.name, address=company.address, capital=capital)
        draft.add(Prose(text.replace("..", ".")))
    return draft
