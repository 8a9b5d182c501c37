"""The generator: papers of a split by number, each a pure function of split and number."""

from collections.abc import Callable, Iterator
from random import Random  # noqa: TID251 - seeded here, so that equal numbers give equal papers

from evals.papers import corporate, identity, money, residence, statements
from evals.papers.draft import Draft, Foot
from evals.papers.layouts import draw
from evals.papers.media import in_medium
from evals.papers.office import in_office
from evals.papers.paper import Medium, Paper, Split
from evals.papers.pools import table
from evals.papers.setting import Setting, make_setting
from evals.papers.statements import certification

_ALL = ("GB", "IE", "US", "DE", "AT", "CH", "FR", "BE", "ES", "IT", "NL", "PT", "PL")
_CARDS = ("DE", "AT", "CH", "FR", "BE", "ES", "IT", "NL", "PT", "PL", "IE")
Maker = Callable[..., Draft]
MAKERS: dict[str, tuple[Maker, tuple[str, ...]]] = {
    "passport": (identity.passport, _ALL),
    "identity_card": (identity.identity_card, _CARDS),
    "driving_licence": (identity.driving_licence, _ALL),
    "proof_of_address": (residence.proof_of_address, _ALL),
    "bank_statement": (money.bank_statement, _ALL),
    "payslip": (money.payslip, _ALL),
    "certificate_of_incorporation": (corporate.certificate, _ALL),
    "register_extract": (corporate.register_extract, _ALL),
    "ownership_declaration": (corporate.ownership, _ALL),
    "source_of_funds": (statements.source_of_funds, _ALL),
    "articles": (corporate.articles, _ALL),
    "invoice": (money.invoice, _ALL),
    "account_application": (statements.account_application, _ALL),
    "correspondence": (statements.correspondence, _ALL),
    "unknown": (statements.unknown, _ALL),
}
TYPES = tuple(MAKERS)
_ENDINGS = {
    Medium.PHOTO: "jpg", Medium.PNG: "png", Medium.DOCX: "docx", Medium.EML: "eml",
    Medium.HTML: "html", Medium.TXT: "txt",
}  # fmt: skip
_OFFICE = {
    "source_of_funds": (Medium.DOCX, Medium.EML, Medium.TXT),
    "correspondence": (Medium.DOCX, Medium.EML, Medium.HTML, Medium.TXT),
    "articles": (Medium.DOCX,),
    "ownership_declaration": (Medium.DOCX,),
    "account_application": (Medium.DOCX,),
    "invoice": (Medium.DOCX, Medium.HTML),
}
_PAGED = (
    *[Medium.DIGITAL] * 11, Medium.TURNED, Medium.MIXED, *[Medium.SCAN] * 5, Medium.ROTATED,
    *[Medium.PHOTO] * 2, Medium.PNG,
)  # fmt: skip
_PLANTS = {
    "passport": (*identity.ZONE_PLANTS, *identity.DATE_PLANTS),
    "identity_card": (*identity.ZONE_PLANTS, *identity.DATE_PLANTS),
    "driving_licence": identity.DATE_PLANTS,
    "bank_statement": money.STATEMENT_PLANTS,
}
_PLANTED_SHARE = 0.2
_WITH_SMALL_PRINT = frozenset(
    {"proof_of_address", "bank_statement", "payslip", "invoice", "correspondence"}
)
_BILINGUAL = frozenset({"passport", "identity_card"})
_HELD_BILINGUAL_SHARE = 0.05


class HoldoutLocked(ValueError):
    """The holdout was asked for without the flag that opens it."""


def make_paper(
    split: Split, number: int, *, medium: Medium | None = None, open_holdout: bool = False
) -> Paper:
    """Make one paper; types and media turn with the number.

    Raises:
        HoldoutLocked: the split is the holdout and `open_holdout` is not set.
    """
    unlock(split, open_holdout)
    rng, draft, chosen = _planned(split, number)
    medium = medium or chosen
    data, layout = _file(draft, medium, rng)
    return Paper(
        filename=f"{split}-{number:05d}.{_ENDINGS.get(medium, 'pdf')}",
        data=data,
        split=split,
        number=number,
        type=draft.type,
        medium=medium,
        language=draft.setting.language,
        country=draft.setting.code,
        layout=layout,
        said=tuple(draft.said),
        unjudged=frozenset(draft.unjudged),
        planted=tuple(draft.planted),
    )


def make_train_draft(number: int) -> Draft:
    """Make what a paper of the split train says, without drawing it."""
    return _planned(Split.TRAIN, number)[1]


def medium_of(split: Split, number: int) -> Medium:
    """Tell how a paper comes without making it."""
    return _planned(split, number)[2]


def _planned(split: Split, number: int) -> tuple[Random, Draft, Medium]:
    rng = Random(f"papers/{split}/{number}")  # noqa: S311 - fiction needs repeatable choices
    type_ = TYPES[number % len(TYPES)]
    draft = make_draft(rng, split, type_, plant=_plant(rng, type_))
    return rng, draft, _medium(rng, type_)


def make_papers(
    split: Split, count: int, *, first: int = 0, medium: Medium | None = None,
    open_holdout: bool = False,
) -> Iterator[Paper]:  # fmt: skip
    """Make the papers `first` to `first + count` of a split, all types in turn."""
    unlock(split, open_holdout)
    for number in range(first, first + count):
        yield make_paper(split, number, medium=medium, open_holdout=open_holdout)


def make_draft(rng: Random, split: Split, type_: str, *, plant: str = "") -> Draft:
    """Make what stands on one paper of a type."""
    maker, countries = MAKERS[type_]
    draft = maker(make_setting_for(rng, split, type_, countries), plant=plant)
    if type_ in _WITH_SMALL_PRINT and draft.form != "contract" and rng.random() < 0.7:
        digits = rng.randint(100_000, 999_999)
        said = f"{draft.setting.issuer('footer')} " if draft.setting.held else ""
        draft.add(Foot(f"{said}Tel. 0800 {digits} - service@example.com"))
    return draft


def unlock(split: Split, open_holdout: bool) -> None:
    """Refuse the holdout unless it was opened on purpose.

    Raises:
        HoldoutLocked: the split is the holdout and `open_holdout` is not set.
    """
    if split is Split.HOLDOUT and not open_holdout:
        raise HoldoutLocked("the holdout is for the figures alone: set `open_holdout` and say so")


def _plant(rng: Random, type_: str) -> str:
    kinds = _PLANTS.get(type_, ())
    return rng.choice(kinds) if kinds and rng.random() < _PLANTED_SHARE else ""


def _medium(rng: Random, type_: str) -> Medium:
    office = _OFFICE.get(type_)
    return rng.choice(office if office and rng.random() < 0.3 else _PAGED)


def _file(draft: Draft, medium: Medium, rng: Random) -> tuple[bytes, str]:
    if medium in {Medium.DOCX, Medium.EML, Medium.HTML, Medium.TXT}:
        return in_office(draft, medium), f"{draft.form}/text"
    data, layout = draw(draft, rng)
    certified = draw(certification(draft.setting), rng)[0] if medium is Medium.MIXED else b""
    return in_medium(data, medium, rng, certified), layout


def make_setting_for(rng: Random, split: Split, type_: str, countries: tuple[str, ...]) -> Setting:
    """Choose country and languages of a paper."""
    code = rng.choice(countries)
    if split is Split.HOLDOUT:
        return _held_setting(rng, type_, code)
    second = None
    if type_ in _BILINGUAL or rng.random() < 0.12:
        second = "en" if rng.random() < 0.75 else "fr"
    setting = make_setting(rng, held=False, code=code, second=second)
    if setting.second == setting.language:
        setting.second = None
    return setting


def _held_setting(rng: Random, type_: str, code: str) -> Setting:
    """Choose languages and days as papers have them: English on cards, French on passports too."""
    language = str(table("countries")[code]["language"])
    second, third = None, None
    if type_ in _BILINGUAL or rng.random() < _HELD_BILINGUAL_SHARE:
        second = "en" if language != "en" else "fr"
    if type_ == "passport" and code == "US":
        third = "es"
    elif type_ == "passport" and language not in {"en", "fr"} and rng.random() < 0.7:
        third = "fr"
    dates = "card_dates" if type_ in _BILINGUAL else "dates"
    if type_ == "driving_licence":
        dates = "licence_dates"
    return make_setting(rng, held=True, code=code, second=second, third=third, dates=dates)
