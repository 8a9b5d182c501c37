"""Passports, identity cards and driving licences."""

from dataclasses import replace
from datetime import timedelta

from evals.papers.draft import Draft, Head, Pairs, Zone
from evals.papers.numbers import ZoneText, shaped, td1, td2, td3
from evals.papers.paper import Planted
from evals.papers.people import Person, a_person
from evals.papers.pools import options
from evals.papers.setting import TODAY, Setting

ZONE_PLANTS = ("mrz_differs", "mrz_check_digit")
DATE_PLANTS = ("expired", "not_yet_valid")
_TD2 = frozenset({"FR", "DE", "BE"})


def passport(setting: Setting, who: Person | None = None, plant: str = "") -> Draft:
    """Make a passport's data page."""
    return _with_zone("passport", setting, who or a_person(setting), plant)


def identity_card(setting: Setting, who: Person | None = None, plant: str = "") -> Draft:
    """Make an identity card."""
    return _with_zone("identity_card", setting, who or a_person(setting), plant)


def _with_zone(type_: str, setting: Setting, who: Person, plant: str) -> Draft:
    draft = Draft(type_, setting, form="card")
    who = _dates(who, plant, draft)
    draft.unjudged |= {"issuing_state", "authority", "personal_number", "address"}
    draft.add(Head(draft.label(type_), setting.pick("names")))
    upper = setting.rng.random() < 0.6
    national = setting.pick("national")
    number = "passport_number" if type_ == "passport" else "card_number"
    rows = [
        (number, draft.say("document_number", who.number)),
        ("surname", draft.say("surname", who.surname.upper() if upper else who.surname)),
        ("given_names", draft.say("given_names", who.given.upper() if upper else who.given)),
        ("nationality", draft.say("nationality", national, who.country)),
        ("birth_date", draft.day("date_of_birth", who.born)),
        ("sex", draft.say("sex", who.sex)),
        ("birth_place", draft.say("place_of_birth", who.birthplace)),
        ("issue_date", draft.day("issue_date", who.issued)),
        ("expiry_date", draft.day("expiry_date", who.expires)),
    ]
    if setting.rng.random() < 0.5:
        rows.append(("authority", setting.authority()))
    if setting.rng.random() < 0.4:
        head, tail = rows[:1], rows[1:]
        rows = [*tail, *head]
    draft.pairs(rows, portrait=True)
    draft.add(Zone(_zone(type_, setting, who, plant, draft)))
    return draft


def _dates(who: Person, plant: str, draft: Draft) -> Person:
    if plant == "expired":
        day = TODAY - timedelta(days=draft.setting.rng.randint(20, 900))
        who = replace(who, expires=day, issued=day.replace(year=day.year - 10, day=1))
        draft.planted.append(Planted("expired", day.isoformat()))
    elif plant == "not_yet_valid":
        day = TODAY + timedelta(days=draft.setting.rng.randint(20, 200))
        who = replace(who, issued=day, expires=day.replace(year=day.year + 10, day=1))
        draft.planted.append(Planted("not_yet_valid", day.isoformat()))
    return who


def _zone(type_: str, setting: Setting, who: Person, plant: str, draft: Draft) -> tuple[str, ...]:
    text = ZoneText(
        kind="P" if type_ == "passport" else "I",
        state=setting.country["mrz"], nationality=setting.country["mrz"],
        surname=who.surname, given=who.given, number=who.number,
        born=who.born, sex=who.sex, expires=who.expires,
    )  # fmt: skip
    if plant == "mrz_differs":
        text = _other(text, setting, draft)
    if type_ == "passport":
        lines = td3(text)
    elif setting.code in _TD2 and setting.rng.random() < 0.5:
        lines = td2(text)
    else:
        lines = td1(text)
    return _wrong_digit(lines, draft) if plant == "mrz_check_digit" else lines


def _other(text: ZoneText, setting: Setting, draft: Draft) -> ZoneText:
    what = setting.rng.choice(("document_number", "date_of_birth", "expiry_date", "surname"))
    draft.planted.append(Planted("mrz_differs", what))
    if what == "document_number":
        return replace(text, number=text.number[:-1] + str((int(text.number[-1], 36) + 3) % 10))
    if what == "date_of_birth":
        return replace(text, born=text.born + timedelta(days=setting.rng.randint(30, 2000)))
    if what == "expiry_date":
        return replace(text, expires=text.expires + timedelta(days=366))
    names = [n for n in options(setting.country["surnames"]) if n != text.surname]
    return replace(text, surname=setting.rng.choice(names))


def _wrong_digit(lines: tuple[str, ...], draft: Draft) -> tuple[str, ...]:
    # The digit behind the date of birth: position 19 of the second line, 6 on small cards.
    row, place = (1, 6) if len(lines) == 3 else (1, 19)
    line = lines[row]
    wrong = str((int(line[place]) + draft.setting.rng.randint(1, 9)) % 10)
    draft.planted.append(Planted("mrz_check_digit", "date_of_birth"))
    return (*lines[:row], line[:place] + wrong + line[place + 1 :], *lines[row + 1 :])


def driving_licence(setting: Setting, who: Person | None = None, plant: str = "") -> Draft:
    """Make a driving licence: numbered fields as in Europe, or labels."""
    who = who or a_person(setting)
    draft = Draft("driving_licence", setting, form="card")
    draft.unjudged |= {"authority", "categories"}
    who = _dates(who, plant, draft)
    numbered = setting.code != "US" and setting.rng.random() < (0.8 if setting.held else 0.6)
    draft.form = "numbered" if numbered else "card"
    number = shaped(setting.rng, "A9999999" if setting.code == "US" else "A99999999")
    town = setting.authority("licence_authority")
    surname = draft.say("surname", who.surname.upper())
    given = draft.say("given_names", who.given.upper())
    born = draft.day("date_of_birth", who.born)
    issued = draft.day("issue_date", who.issued)
    expires = draft.day("expiry_date", who.expires)
    draft.say("document_number", number)
    draft.add(Head(draft.label("driving_licence"), setting.pick("names")))
    if numbered:
        draft.say("place_of_birth", who.birthplace)
        rows = (
            ("1.", surname), ("2.", given), ("3.", f"{born} {who.birthplace}"), ("4a.", issued),
            ("4b.", expires), ("4c.", town), ("5.", number), ("9.", "AM/B"),
        )  # fmt: skip
        draft.add(Pairs(rows, portrait=True))
        return draft
    draft.say("address", who.address)
    draft.pairs(
        [
            ("licence_number", number), ("surname", surname), ("given_names", given),
            ("birth_date", born), ("holder_address", who.address), ("issue_date", issued),
            ("expiry_date", expires), ("categories", "B"),
        ],
        portrait=True,
    )  # fmt: skip
    return draft
