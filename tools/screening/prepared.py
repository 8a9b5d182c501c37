"""Queries and list entries in the forms that are compared."""

import contextlib
from dataclasses import dataclass
from functools import cached_property, lru_cache

from followthemoney import EntityProxy, model
from rigour.ids.imo import IMO

from casegate.model.screening import ScreenQuery
from tools.screening.comparing import Analysed, analysed
from tools.screening.entities import ListEntity
from tools.screening.identifiers import is_case_sensitive
from tools.screening.names import plain_words, romanised, tidy, words
from tools.screening.queries import NewToken
from tools.screening.sound import sounds_of
from tools.screening.sources.values import country_code

STRONG_NAMES = ("name", "alias", "previousName")
PERSON, ORGANIZATION, UNKNOWN, VESSEL = "Person", "Organization", "LegalEntity", "Vessel"


@dataclass(frozen=True)
class PreparedQuery:
    """A query in the forms that are compared, each made when it is first needed."""

    query: ScreenQuery
    new_token: NewToken

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Give all spellings: as asked, then in Latin letters."""
        return _names(self.query)

    @cached_property
    def sorted_words(self) -> frozenset[str]:
        """Give the spellings, words in the order of the alphabet."""
        return frozenset(_sorted_words(name) for name in self.names)

    @cached_property
    def words(self) -> frozenset[tuple[str, ...]]:
        """Give the words of every spelling as they are printed."""
        return frozenset(plain_words(name) for name in self.names)

    def like(self, schema: str) -> Analysed:
        """Give the form that is compared with entries of a schema.

        A party of unknown kind is compared as a person with persons and as an organisation with
        organisations, because names of each are taken apart differently.
        """
        asked = self.query.schema_.value
        if asked != UNKNOWN:
            return self._as(asked)
        kinds = (kind for kind in (PERSON, ORGANIZATION) if model[schema].is_a(kind))
        return self._as(next(kinds, UNKNOWN))

    @cached_property
    def given(self) -> Analysed | None:
        """Give the person with every word a given name; None if no person can be meant.

        `Viktor Arkadyevich Orlov` meets `ORLOV, Viktor A.` only if the matcher may take any word
        for the one behind the initial.
        """
        if self.query.schema_.value not in (PERSON, UNKNOWN):
            return None
        properties = {**query_properties(self.query, PERSON), "firstName": list(self.names)}
        return self._analysed(PERSON, properties)

    @cached_property
    def _forms(self) -> dict[str, Analysed]:
        return {}

    def _as(self, schema: str) -> Analysed:
        if schema not in self._forms:
            self._forms[schema] = self._analysed(schema, query_properties(self.query, schema))
        return self._forms[schema]

    def _analysed(self, schema: str, properties: dict[str, list[str]]) -> Analysed:
        data = {"id": f"query-{self.new_token()}", "properties": properties}
        return analysed(EntityProxy(model[schema], data), query=True)


@dataclass(frozen=True)
class PreparedEntry:
    """A list entry in the forms that are compared."""

    entity: ListEntity
    analysed: Analysed
    sorted_words: frozenset[str]
    words: frozenset[tuple[str, ...]]
    sounds: frozenset[str]
    """Consonants of the names in Latin letters."""
    has_initials: bool


class PreparedEntries:
    """Keeps the entries that were compared last, by content: another content is another entry."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: dict[tuple[str, str], PreparedEntry] = {}

    def __call__(self, entity: ListEntity) -> PreparedEntry:
        """Take an entry apart, or give what was kept."""
        key = (entity.id, entity.content_hash)
        # Taken out and put back, so that the first one is the one unused for longest. Each step is
        # one operation on a dict: threads may do work twice, but never mix entries up.
        found = self._kept.pop(key, None) or _taken_apart(entity)
        self._kept[key] = found
        while len(self._kept) > self._most:
            with contextlib.suppress(StopIteration, RuntimeError):
                self._kept.pop(next(iter(self._kept)), None)
        return found


def _taken_apart(entity: ListEntity) -> PreparedEntry:
    names = entity.names()
    properties = {name: list(values) for name, values in entity.properties.items()}
    data = {"id": f"{entity.id}@{entity.content_hash[:16]}", "properties": properties}
    return PreparedEntry(
        entity=entity,
        analysed=analysed(EntityProxy(model[entity.schema], data), query=False),
        sorted_words=frozenset(map(_sorted_words, names)),
        words=frozenset(map(plain_words, _strong_names(entity))),
        sounds=frozenset(sounds_of(_strong_names(entity))),
        has_initials=entity.schema == PERSON
        and any(len(word) == 1 for name in names for word in words(name)),
    )


def _names(query: ScreenQuery) -> tuple[str, ...]:
    """Give all spellings: as asked, then in Latin letters."""
    names = [tidy(name) for name in (query.name, *query.other_names)]
    latin = [spelled for name in names if (spelled := romanised(name)) is not None]
    return tuple(dict.fromkeys([*names, *latin]))


def query_properties(query: ScreenQuery, schema: str) -> dict[str, list[str]]:
    """Write a query as FollowTheMoney properties of a schema."""
    known = model[schema].properties
    first, *others = _names(query)
    codes = [code for country in query.countries if (code := country_code(country))]
    found = {
        "name": [first],
        "alias": others,
        "birthDate" if "birthDate" in known else "incorporationDate": list(query.births),
        "nationality" if "nationality" in known else "country": codes,
        "gender": list(query.genders),
        "idNumber" if "idNumber" in known else "registrationNumber": [
            number for number in query.ids if not is_case_sensitive(number)
        ],
    }
    if schema == VESSEL:
        found["imoNumber"] = [number for value in query.ids if (number := IMO.normalize(value))]
    return {name: values for name, values in found.items() if values and name in known}


@lru_cache(maxsize=50_000)
def _sorted_words(name: str) -> str:
    return " ".join(sorted(words(name)))


def _strong_names(entity: ListEntity) -> tuple[str, ...]:
    """Leave weak aliases to the matcher, which takes them only if they are the same."""
    return tuple(dict.fromkeys(name for prop in STRONG_NAMES for name in entity.get(prop)))
