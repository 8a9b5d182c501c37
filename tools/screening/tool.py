"""Screening of every party of a case, as evidence with facts."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from pydantic import ValidationError

from casegate.desk.ports import Clock, FindSuppression, Screener
from casegate.errors import CasegateError, ScreeningUnavailable
from casegate.hashing import query_hash
from casegate.model.base import Json, Problem
from casegate.model.dossier import Dossier
from casegate.model.evidence import (
    Coverage,
    EvidenceKind,
    Hit,
    ListSource,
    ListVersion,
    ScreenedParty,
    ScreeningContent,
)
from casegate.model.fact import FactDraft, RoleType, RoleValue
from casegate.model.party import FurtherDetails, Party, PartySchema
from casegate.model.screening import Matcher, ScreenAnswer, ScreenQuery
from casegate.model.standing import CUSTOMER, customer_number
from tools import roles
from tools.base import ToolOutcome
from tools.parameters import NO_PARAMETERS, take_none
from tools.screening.agreement import WORDS
from tools.screening.names import words

# Names of reconciled attributes (`CustomerProfile`) by what they tell of a party.
NAMES = ("name", "company_name", "native_name")
BIRTHS = ("date_of_birth", "incorporation_date")
COUNTRIES = ("nationality", "country")
GENDERS = ("sex", "gender")
NUMBERS = ("document_number", "registration_number", "identifier")
_GENDER_WORDS = {"m": "male", "male": "male", "f": "female", "female": "female"}
_WORST_FIRST = (Coverage.UNAVAILABLE, Coverage.DEGRADED, Coverage.COMPLETE)


class ScreeningTool:
    """Looks every party up in the sanctions lists; it finds resemblances and clears nobody."""

    name = "screening"
    version = "2"
    description = "Look up every party of this case in the sanctions lists."
    parameters = NO_PARAMETERS

    def __init__(
        self,
        screener: Screener,
        *,
        clock: Clock,
        suppressed: FindSuppression | None = None,
    ) -> None:
        """Set up the tool.

        Args:
            suppressed: finds the suppression that covers a hit; without it none does.
        """
        self._screener = screener
        self._clock = clock
        self._suppressed = suppressed

    def __call__(self, dossier: Dossier, parameters: Json) -> ToolOutcome:
        """Screen all parties under the names, dates, countries and numbers known of them."""
        take_none(parameters)
        try:
            queries = [query_of(dossier, party) for party in dossier.bundle.parties]
            answers = self._screener.screen(queries)
        except ScreeningUnavailable as down:
            return self._unavailable(dossier, down)
        except ValidationError as bad:
            fields = sorted({str(error["loc"][0]) for error in bad.errors() if error["loc"]})
            why = ScreeningUnavailable(f"a party can't be looked up: {fields} can't be used")
            return self._unavailable(dossier, why)
        return self._found(dossier, queries, answers)

    def _found(
        self, dossier: Dossier, queries: list[ScreenQuery], answers: list[ScreenAnswer]
    ) -> ToolOutcome:
        matcher, versions = answers[0].matcher, answers[0].versions
        screened = tuple(
            self._screened(dossier, query, answer)
            for query, answer in zip(queries, answers, strict=True)
        )
        hits = [hit for answer in answers for hit in answer.hits]
        coverage = min((a.coverage for a in answers), key=_WORST_FIRST.index)
        return ToolOutcome(
            kind=EvidenceKind.SCREENING,
            title=f"Screening of {_number(len(answers), 'party', 'parties')}: "
            f"{_number(len(hits), 'hit', 'hits')}",
            source=ListSource(versions=versions),
            content=self._content(screened, matcher),
            coverage=coverage,
            problem=None if coverage is Coverage.COMPLETE else _incomplete(answers),
            facts=tuple(_facts(dossier, answers, versions)),
        )

    def _screened(
        self, dossier: Dossier, query: ScreenQuery, answer: ScreenAnswer
    ) -> ScreenedParty:
        asked = query_hash(query)
        customer = customer_number(dossier.party(answer.id))
        hits = tuple(
            hit.model_copy(update={"suppressed": self._covering(customer, hit, asked)})
            for hit in answer.hits
        )
        return ScreenedParty(party=answer.id, coverage=answer.coverage, hits=hits, query_hash=asked)

    def _covering(self, customer: str, hit: Hit, asked: str) -> str:
        """Give the suppression that covers a hit; one that can't be looked up covers nothing."""
        if self._suppressed is None or not customer:
            return ""
        try:
            return self._suppressed(customer, hit, asked, on=self._clock().date())
        except CasegateError:
            return ""

    def _unavailable(self, dossier: Dossier, why: CasegateError) -> ToolOutcome:
        """Say that nobody was looked up; every party is named, so that none counts as clear."""
        parties = dossier.bundle.parties
        screened = tuple(
            ScreenedParty(party=party.id, coverage=Coverage.UNAVAILABLE, hits=())
            for party in parties
        )
        nothing = Matcher(name="none", config_hash="0" * 64, threshold=0.0, candidates=1)
        return ToolOutcome(
            kind=EvidenceKind.SCREENING,
            title=f"Screening of {_number(len(parties), 'party', 'parties')} could not be done",
            source=ListSource(versions=()),
            content=self._content(screened, nothing),
            coverage=Coverage.UNAVAILABLE,
            problem=Problem(
                code=why.code, message=why.message, remedy=why.remedy, where="screening"
            ),
        )

    def _content(self, screened: tuple[ScreenedParty, ...], matcher: Matcher) -> Json:
        content = ScreeningContent(
            screened=screened,
            matcher=matcher.name,
            config_hash=matcher.config_hash,
            threshold=matcher.threshold,
            candidates=matcher.candidates,
            screened_at=self._clock(),
        )
        return content.model_dump(mode="json")


def _number(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"


def _incomplete(answers: list[ScreenAnswer]) -> Problem:
    told = "; ".join(f"{a.id}: {a.reason}" for a in answers if a.coverage is not Coverage.COMPLETE)
    return Problem(
        code="screening_degraded",
        message=f"not every party could be looked up in full ({told})",
        remedy="Obtain the name in Latin letters, as in the passport's machine-readable zone.",
        where="screening",
    )


def query_of(dossier: Dossier, party: Party) -> ScreenQuery:
    """Put together what the submission and the documents say of a party.

    The institution's own number of a customer stays here: no list knows it.
    """

    def read(names: Iterable[str], *, shown: bool = False) -> list[str]:
        profile = dossier.profile
        return [
            source.shown if shown else source.value
            for attribute in (profile.attributes if profile else ())
            if attribute.party == party.id and attribute.name in names
            for source in attribute.sources
        ]

    more = party.further or FurtherDetails()
    own = party.incorporated_on if _is_company(party) else party.date_of_birth
    declared = (party.nationality, party.country if _is_company(party) else None)
    countries = [
        *(c for c in declared if c),
        *more.countries,
        *read(COUNTRIES if _is_company(party) else COUNTRIES[:1]),
    ]
    genders = [*more.genders, *(_GENDER_WORDS.get(value.lower()) for value in read(GENDERS))]
    days = [own.isoformat()] if own else []
    return ScreenQuery(
        id=party.id,
        name=party.name,
        other_names=_other_spellings(party.name, [*more.other_names, *read(NAMES, shown=True)]),
        schema_=party.schema_,
        births=_unique([*days, *more.births, *filter(_is_day, read(BIRTHS))]),
        countries=_unique(countries),
        genders=_unique(gender for gender in genders if gender),
        ids=_unique([*(i.value for i in party.identifiers if i.kind != CUSTOMER), *read(NUMBERS)]),
    )


def _is_company(party: Party) -> bool:
    return party.schema_ is not PartySchema.PERSON


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _unique(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))


def _other_spellings(name: str, others: Iterable[str]) -> tuple[str, ...]:
    """Keep what is another name for the matcher, not another way of writing the same one."""
    spellings = {tuple(sorted(words(name))): name}
    for other in others:
        spellings.setdefault(tuple(sorted(words(other))), other)
    return tuple(
        spelling for spelling in spellings.values() if spelling != name and words(spelling)
    )


def _facts(
    dossier: Dossier, answers: list[ScreenAnswer], versions: tuple[ListVersion, ...]
) -> Iterable[FactDraft]:
    for version in versions:
        clean = sum(
            answer.coverage is Coverage.COMPLETE
            and all(hit.list != version.list for hit in answer.hits)
            for answer in answers
        )
        if clean:
            yield roles.fact(
                "screened",
                {
                    "count": roles.count(clean),
                    "list": _list(version.list),
                    "date": _day_of(version),
                },
            )
    published = {version.list: version for version in versions}
    for answer in answers:
        for hit in answer.hits:
            yield from _hit_facts(dossier.party(answer.id), hit, published[hit.list])


def _hit_facts(party: Party, hit: Hit, version: ListVersion) -> Iterable[FactDraft]:
    who, entry = roles.party(party), roles.text(hit.name)
    yield roles.fact(
        "hit",
        {
            "party": who,
            "entry": entry,
            "list": _list(hit.list),
            "score": roles.percent(Decimal(str(hit.score)) * 100),
            "date": _day_of(version),
        },
        required=True,
    )
    for predicate, attributes in (
        ("hit_agreement", hit.agreements),
        ("hit_contradiction", hit.contradictions),
    ):
        for attribute in attributes:
            told = roles.text(WORDS[attribute])
            yield roles.fact(predicate, {"party": who, "entry": entry, "attribute": told})


def _list(name: str) -> RoleValue:
    return RoleValue(type=RoleType.LIST, value=name)


def _day_of(version: ListVersion) -> RoleValue:
    return roles.day(date.fromisoformat(version.published))
