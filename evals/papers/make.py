"""The generator: papers of a split by number, each a pure function of split and number."""

from collections.abc import Callable, Iterator
from random import Random  # noqa: TID251 - seeded here, so that equal numbers give equal papers

from evals.papers import corporate, identity, money, residence, statements
from evals.papers.draft import Draft
from evals.papers.layouts import draw
from evals.papers.paper import Medium, Paper, Split
from evals.papers.setting import Setting, make_setting

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
_BILINGUAL = frozenset({"passport", "identity_card"})


class HoldoutLocked(ValueError):
    """The holdout was asked for without the flag that opens it."""


def make_paper(
    split: Split, number: int, *, medium: Medium | None = None, open_holdout: bool = False
) -> Paper:
    """Make one paper; types and media turn with the number.

    Raises:
        HoldoutLocked: the split is the holdout and `open_holdout` is not set.
    """
    _unlock(split, open_holdout)
    rng = Random(f"papers/{split}/{number}")  # noqa: S311 - fiction needs repeatable choices
    type_ = TYPES[number % len(TYPES)]
    maker, countries = MAKERS[type_]
    setting = _setting(rng, split, type_, countries)
    draft = maker(setting)
    data, layout = draw(draft, rng)
    return Paper(
        filename=f"{split}-{number:05d}.pdf",
        data=data,
        split=split,
        number=number,
        type=type_,
        medium=Medium.DIGITAL,
        language=setting.language,
        country=setting.code,
        layout=layout,
        said=tuple(draft.said),
        unjudged=frozenset(draft.unjudged),
        planted=tuple(draft.planted),
    )


def make_papers(
    split: Split, count: int, *, first: int = 0, medium: Medium | None = None,
    open_holdout: bool = False,
) -> Iterator[Paper]:  # fmt: skip
    """Make the papers `first` to `first + count` of a split, all types in turn."""
    _unlock(split, open_holdout)
    for number in range(first, first + count):
        yield make_paper(split, number, medium=medium, open_holdout=open_holdout)


def _unlock(split: Split, open_holdout: bool) -> None:
    if split is Split.HOLDOUT and not open_holdout:
        raise HoldoutLocked("the holdout is for the figures alone: set `open_holdout` and say so")


def _setting(rng: Random, split: Split, type_: str, countries: tuple[str, ...]) -> Setting:
    code = rng.choice(countries)
    second = None
    if type_ in _BILINGUAL or rng.random() < 0.12:
        second = "en" if rng.random() < 0.75 else "fr"
    setting = make_setting(rng, held=split is Split.HOLDOUT, code=code, second=second)
    if setting.second == setting.language:
        setting.second = None
    return setting
