"""What agrees and what contradicts between a query and an entry, beside their names."""

from typing import NamedTuple

from rigour.territories import territories_intersect

from casegate.model.screening import ScreenQuery
from tools.screening.entities import ListEntity
from tools.screening.identifiers import issuing_country, shared_keys
from tools.screening.scoring import Score
from tools.screening.sources.values import country_code

COUNTRY_PROPERTIES = (
    "nationality", "citizenship", "country", "birthCountry", "jurisdiction", "flag", "mainCountry",
)  # fmt: skip
DAY = 10
WORDS = {
    "dob": "date of birth",
    "birth_year": "year of birth",
    "founded": "date of foundation",
    "country": "country",
    "gender": "gender",
    "id": "identification number",
    "name": "name",
}
"""How a person reads each attribute."""
# A name that scores below this beside a shared number is another name.
_OTHER_NAME = 0.5


class Comparison(NamedTuple):
    """Attributes by outcome; what one side does not tell is in neither."""

    agreements: tuple[str, ...]
    contradictions: tuple[str, ...]


def compare_attributes(
    query: ScreenQuery, entity: ListEntity, score: Score, *, shortest: int
) -> Comparison:
    """Compare everything but the names; a contradiction is shown and never removes a hit."""
    agree: list[str] = []
    contradict: list[str] = []

    def note(attribute: str, agrees: bool | None) -> None:
        if agrees is not None:
            (agree if agrees else contradict).append(attribute)

    note(*_dates(query, entity))
    note("country", _countries(query, entity))
    note("gender", _sets(set(query.genders), set(entity.get("gender"))))
    if shared_numbers(query, entity, shortest=shortest):
        agree.append("id")
        if score.name < _OTHER_NAME:
            contradict.append("name")
    return Comparison(tuple(agree), tuple(contradict))


def shared_numbers(query: ScreenQuery, entity: ListEntity, *, shortest: int) -> frozenset[str]:
    """Give the identifying numbers that both sides have."""
    if not query.ids:
        return frozenset()
    return shared_keys(query.ids, entity.identifiers(), shortest=shortest)


def _sets(ours: set[str], theirs: set[str]) -> bool | None:
    return bool(ours & theirs) if ours and theirs else None


def _dates(query: ScreenQuery, entity: ListEntity) -> tuple[str, bool | None]:
    """Compare dates at the precision that both sides have.

    Equal years are `birth_year`: one side tells no more than the year.
    """
    person = bool(entity.get("birthDate"))
    ours = set(query.births)
    theirs = set(entity.get("birthDate") or entity.get("incorporationDate"))
    exact, coarse = ("dob", "birth_year") if person else ("founded", "founded")
    if not ours or not theirs:
        return exact, None
    if any(date in theirs and len(date) == DAY for date in ours):
        return exact, True
    if any(a.startswith(b) or b.startswith(a) for a in ours for b in theirs if a != b):
        return coarse, True
    return (coarse, True) if ours & theirs else (exact, False)


def _countries(query: ScreenQuery, entity: ListEntity) -> bool | None:
    ours = [code for country in query.countries if (code := country_code(country))]
    ours += [code for number in query.ids if (code := issuing_country(number))]
    theirs = [code for prop in COUNTRY_PROPERTIES for code in entity.get(prop)]
    if not ours or not theirs:
        return None
    return bool(territories_intersect(ours, theirs))
