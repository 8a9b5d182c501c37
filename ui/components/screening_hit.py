"""One screening hit drawn: party against entry row by row, the score in words, who said what."""

import re
from collections.abc import Iterable, Sequence
from datetime import date

from casegate.client import Dossier, Hit, HitReview, HitStanding, ListVersion, Party
from ui import words
from ui.components import safe
from ui.components.safe import chip, esc

BAND = {
    "likely": ("Likely match", "bad"),
    "review": ("Possible match", "warn"),
    "corroborate": ("Weak match", "info"),
}
STATE = {
    "open": ("Open", "warn"),
    "waits_for_second": ("Waits for a second person", "warn"),
    "suppressed": ("Suppressed", "info"),
    "settled": ("Settled", "good"),
}
ANSWER = {
    "true_match": ("True match", "bad"),
    "false_positive": ("False positive", "good"),
    "unsure": ("Unsure", "warn"),
    "open": ("Open", "warn"),
}
PARTS = {
    "name_match": "Names",
    "name_fuzzy_match": "Names, letter by letter",
    "spelling_match": "Spelling of the whole name",
    "wording_match": "Words of the name, rare ones counting more",
    "sound_match": "Sound of the name in Arabic script",
    "weak_alias_match": "The same weak alias",
    "identifier_match": "The same identification number",
    "lei_code_match": "The same LEI",
    "bic_code_match": "The same BIC",
    "ogrn_code_match": "The same OGRN",
    "inn_code_match": "The same INN",
    "uei_code_match": "The same UEI",
    "npi_code_match": "The same NPI",
    "isin_security_match": "The same ISIN",
    "vessel_imo_mmsi_match": "The same IMO or MMSI number",
    "crypto_wallet_address": "The same wallet",
    "address_entity_match": "The same address",
    "address_prop_match": "Address agrees",
    "country_mismatch": "Country differs",
    "nationality_mismatch": "Nationality differs",
    "dob_year_disjoint": "Birth year differs",
    "dob_day_disjoint": "Day of birth differs",
    "birth_year_match": "Birth year agrees",
    "gender_mismatch": "Gender differs",
}
TOPICS = {
    "sanction": ("Sanctions", "bad"),
    "sanction.linked": ("Linked to a sanctioned party", "bad"),
    "sanction.counter": ("Counter-sanctions", "warn"),
    "debarment": ("Debarred from contracts", "warn"),
    "role.pep": ("Public office (PEP)", "warn"),
    "role.rca": ("Close to a public office holder", "warn"),
    "reg.warn": ("Adverse media or a warning", "warn"),
    "reg.action": ("Action by a regulator", "warn"),
    "crime": ("Crime", "warn"),
    "wanted": ("Wanted", "bad"),
    "poi": ("Own watchlist", "warn"),
}
_ADDED = {"address_prop_match", "birth_year_match"}
"""Parts that are added to what names and numbers say; all others stand alone."""
_NAMES = ("name_match", "name_fuzzy_match", "spelling_match", "wording_match", "sound_match")
_ALIASES = ("alias", "previousName")
_COUNTRIES = (
    "nationality", "citizenship", "country", "jurisdiction", "flag", "birthCountry", "mainCountry",
)  # fmt: skip
_ALONE = (
    ("position", "Position"), ("program", "Programme"), ("type", "Type"),
    ("birthPlace", "Place of birth"), ("deathDate", "Died"), ("notes", "Notes"),
)  # fmt: skip
_NO_NUMBER = {
    "name", "weakAlias", "birthDate", "incorporationDate", "gender", "address", "topics",
    *_ALIASES, *_COUNTRIES, *(name for name, _ in _ALONE),
}  # fmt: skip
_CASE = re.compile(r"(?<=[a-z])(?=[A-Z])")


def heading(dossier: Dossier, one: HitStanding) -> str:
    """Draw what must be read first: how near, what for, what speaks against, how it stands."""
    hit = one.hit
    party = next((p for p in dossier.bundle.parties if p.id == hit.party), None)
    ours = "" if party is None else party.name
    band, tone = BAND[hit.band]
    state, state_tone = STATE[one.state]
    if one.state == "settled":
        state, state_tone = ANSWER[hit.disposition]
    elif hit.disposition == "unsure":
        state, state_tone = ANSWER["unsure"]
    against = "".join(chip(f"{_attribute(c)} differs", "good") for c in hit.contradictions)
    for_it = "".join(chip(f"{_attribute(a)} agrees", "bad") for a in hit.agreements)
    listed = "".join(chip(*TOPICS.get(topic, (_topic(topic), "warn"))) for topic in hit.topics)
    alone = "" if for_it or against else chip("Name alone: nothing else to compare", "warn")
    return (
        f'<h3 class="cg-section">{esc(ours)} ({esc(hit.party)}) and entry {esc(hit.name)}</h3>'
        f"<p>{chip(state, state_tone)}{chip(band, tone)}"
        f'<span class="cg-strong">score {esc(f"{hit.score:.0%}")}</span> '
        f"{against}{for_it}{alone}{listed}</p>"
    )


def sides(dossier: Dossier, one: HitStanding, versions: Sequence[ListVersion]) -> str:
    """Draw party and entry side by side, marked row by row."""
    hit = one.hit
    party = next((p for p in dossier.bundle.parties if p.id == hit.party), None)
    rows = "".join(
        f'<tr><th scope="row">{esc(name)}</th><td>{_cell(ours)}</td><td>{_cell(theirs)}</td>'
        f"<td>{mark}</td></tr>"
        for name, ours, theirs, mark in _rows(dossier, party, hit)
    )
    published = next((v.published for v in versions if v.list == hit.list), "not known")
    caption = f"Entry {hit.entity_id} of {hit.list}, published {published}, version {hit.version}"
    head = "".join(
        f'<th scope="col">{name}</th>' for name in ("", "In this case", "On the list", "Compared")
    )
    return (
        f'<div class="cg-scroll"><table class="cg-table cg-compare">'
        f"<caption>{esc(caption)}</caption><thead><tr>{head}</tr></thead><tbody>{rows}</tbody>"
        "</table></div>"
    )


def _rows(
    dossier: Dossier, party: Party | None, hit: Hit
) -> Iterable[tuple[str, Sequence[str], Sequence[str], str]]:
    entry = hit.entry

    def told(*names: str) -> list[str]:
        return list(dict.fromkeys(value for name in names for value in entry.get(name, ())))

    def read(*names: str) -> list[str]:
        found = dossier.profile.attributes if dossier.profile is not None else ()
        return [
            source.shown
            for one in found
            if one.party == hit.party and one.name in names
            for source in one.sources
        ]

    more = party.further if party is not None else None
    compared = {
        "Name": (
            [*([party.name] if party else []), *read("name", "company_name", "native_name")],
            told("name") or [hit.name],
            ("name",),
        ),
        "Other names": (more.other_names if more else (), told(*_ALIASES), ()),
        "Weak aliases": ([], told("weakAlias"), ()),
        "Born": (
            [_day(v) for v in (*_births(party), *read("date_of_birth"))],
            told("birthDate"),
            ("dob", "birth_year", "date_of_birth"),
        ),
        "Founded": (
            [words.day(party.incorporated_on) if party else "", *read("incorporation_date")],
            told("incorporationDate"),
            ("founded",),
        ),
        "Countries": (
            [*(_countries(party)), *read("nationality", "country")],
            [value.upper() for value in told(*_COUNTRIES)],
            ("country",),
        ),
        "Gender": (
            [*(more.genders if more else ()), *read("sex", "gender")],
            told("gender"),
            ("gender",),
        ),
        "Numbers": (_numbers(party, read("document_number", "registration_number")),
                    _entry_numbers(hit), ("id",)),
        "Address": ([party.address or "" if party else ""], told("address"), ("address",)),
    }  # fmt: skip
    shown = {key for _, _, keys in compared.values() for key in keys}
    for name, (ours, theirs, keys) in compared.items():
        ours, theirs = _distinct(ours), _distinct(theirs)
        if ours or theirs:
            yield name, ours, theirs, _mark(hit, keys, ours, theirs)
    for name, label in _ALONE:
        if entry.get(name):
            yield label, (), entry[name], ""
    for key in {*hit.agreements, *hit.contradictions} - shown:
        yield _attribute(key), (), (), _mark(hit, (key,), (), ())


def _mark(hit: Hit, keys: Sequence[str], ours: Sequence[str], theirs: Sequence[str]) -> str:
    agrees, differs = set(keys) & set(hit.agreements), set(keys) & set(hit.contradictions)
    if agrees or differs:
        only_year = agrees == {"birth_year"}
        same = chip("Year agrees" if only_year else "Agrees", "bad") if agrees else ""
        return same + (chip("Differs", "good") if differs else "")
    if keys == ("name",):
        likeness = max((hit.features.get(name, 0.0) for name in _NAMES), default=0.0)
        return f'<span class="cg-quiet">alike: {likeness:.2f} of 1</span>' if likeness else ""
    if not keys:
        return ""
    if not theirs:
        return '<span class="cg-quiet">the list does not tell</span>'
    if not ours:
        return '<span class="cg-quiet">the case does not tell</span>'
    said = "none in common" if keys == ("id",) else "compare yourself"
    return f'<span class="cg-quiet">{said}</span>'


def score(hit: Hit) -> str:
    """Draw the parts of the score in words, the weightiest first."""
    parts = sorted(hit.features.items(), key=lambda one: -abs(one[1]))
    said = "; ".join(part(name, points) for name, points in parts)
    return safe.paragraph(f"The score: {said}." if said else "", quiet=True)


def part(name: str, points: float) -> str:
    """Say one part of a score in words: `Names: 0.92 of 1`, `Birth year differs: -0.15`."""
    label = PARTS.get(name, words.plain(name.removesuffix("_match")))
    added = points < 0 or name in _ADDED
    return f"{label}: {points:+.2f}" if added else f"{label}: {points:.2f} of 1"


def trail(one: HitStanding) -> str:
    """Draw who said what of this hit, and what was said before it changed."""
    said = "".join(_word(word) for word in one.words)
    waits = ""
    if one.waiting is not None:
        waits = safe.paragraph(
            f"This answer counts once an investigator or the MLRO other than "
            f"{one.waiting.reviewer} agrees. Until then the hit is open."
        )
    earlier = ""
    if one.earlier:
        why = "Said before the entry or what is known of the party changed; it holds no more"
        body = "".join(_word(word) for word in one.earlier)
        earlier = (
            f'<details><summary class="cg-quiet">{why} ({len(one.earlier)})</summary>'
            f"{body}</details>"
        )
    return f"{said}{waits}{_suppression(one)}{earlier}"


def _word(word: HitReview) -> str:
    label, tone = ANSWER[word.answer]
    if word.seconds:
        label, tone = ("Agrees", "good") if word.agrees else ("Disagrees", "bad")
    by = f"{word.reviewer}, {words.minute(word.at)}: {word.reason}"
    return f'<p class="cg-p">{chip(label, tone)}{esc(by)}</p>'


def _suppression(one: HitStanding) -> str:
    made = one.suppression
    if made is None:
        return ""
    said = f"until {words.day(made.expires_on)} by {made.approved_by}, proposed by "
    said += f"{made.proposed_by}: {made.reason}"
    if one.suppression_end is not None:
        end = one.suppression_end
        over = f"Suppression ended by {end.ended_by}, {words.minute(end.at)}: {end.reason}"
        return safe.paragraph(over)
    if one.state == "suppressed" or made.id != one.hit.suppressed:
        return safe.paragraph(f"Suppressed {said}")
    return safe.paragraph(f"A suppression {said}. It no longer covers this hit.")


def _cell(values: Sequence[str]) -> str:
    return "<br>".join(esc(value) for value in values)


def _distinct(values: Iterable[str]) -> list[str]:
    kept: dict[str, str] = {}
    for value in values:
        if value:
            kept.setdefault(" ".join(value.split()).casefold(), value)
    return list(kept.values())


def _countries(party: Party | None) -> list[str]:
    if party is None:
        return []
    more = party.further.countries if party.further is not None else ()
    return [c for c in (party.nationality, party.country, *more) if c]


def _births(party: Party | None) -> list[str]:
    if party is None:
        return []
    own = [party.date_of_birth.isoformat()] if party.date_of_birth is not None else []
    return [*own, *(party.further.births if party.further is not None else ())]


def _day(text: str) -> str:
    """Write a full date as every screen does; what is printed otherwise stays as it is."""
    try:
        return words.day(date.fromisoformat(text))
    except ValueError:
        return text


def _numbers(party: Party | None, read: list[str]) -> list[str]:
    own = party.identifiers if party is not None else ()
    shown = [f"{words.plain(i.kind)} {i.value}" for i in own if i.kind != "customer"]
    held = {i.value.casefold() for i in own}
    return [*shown, *(value for value in read if value.casefold() not in held)]


def _entry_numbers(hit: Hit) -> list[str]:
    return [
        f"{words.plain(_CASE.sub(' ', name).lower())} {value}"
        for name, values in hit.entry.items()
        if name not in _NO_NUMBER
        for value in values
    ]


def _attribute(key: str) -> str:
    known = {"dob": "Date of birth", "birth_year": "Year of birth", "id": "Number"}
    return known.get(key, words.plain(key))


def _topic(topic: str) -> str:
    return words.plain(topic.replace(".", ", "))
