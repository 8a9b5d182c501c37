"""Recall of candidates and hits, alerts on strangers, pairs of names."""

import random
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from casegate.model.evidence import Hit
from casegate.model.party import PartySchema
from casegate.model.screening import ScreenAnswer, ScreenQuery
from tests.bench._screening_world import (
    CANDIDATES,
    NOT_LATIN,
    THRESHOLD,
    Figures,
    Labelled,
    Query,
    asked,
    half,
    new_token,
    policy,
    said,
    share,
    shares,
    spread,
)  # fmt: skip
from tools.screening.entities import ListEntity
from tools.screening.index import CandidateIndex
from tools.screening.names import plain_words, scripts
from tools.screening.scoring import Scorer
from tools.screening.screener import LocalScreener
from tools.screening.sources.values import country_code
from tools.screening.wording import Rarity

TARGETS = {"recall@20, Latin and Cyrillic": 0.99, "candidates p95 ms": 10.0, "answer p95 ms": 40.0}
BANDS, SCORES = ("likely", "review", "corroborate"), (0.7, 0.75, 0.8, 0.85)
REPORTED, CHOSEN_ON = slice(0, 1500), slice(1500, 4500)
LEGAL_FORMS = (
    "LLC", "Ltd", "Limited", "Inc", "GmbH", "S.A.", "JSC", "Co., Ltd.", "SARL",
    "LIMITED LIABILITY COMPANY", "Company", "",
)  # fmt: skip
_NO_TRADE = frozenset(
    "llc limited company liability joint stock open closed public private society".split()  # noqa: SIM905
)
_COMMON, _SEED = 20, 7


def groups(query: Query) -> tuple[str, str, str, str]:
    """Name the groups that a query counts for."""
    latin = "other scripts" if query["kind"] in NOT_LATIN else "Latin and Cyrillic"
    return latin, f"{latin}, {half(query)}", query["kind"], f"{query['kind']}, {half(query)}"


def candidates(index: CandidateIndex, queries: Sequence[Query]) -> Figures:
    """Tell how often the right entry is among the candidates, and how long that takes."""
    cpu, wall = [], []
    found: dict[str, list[bool]] = defaultdict(list)
    for query in queries:
        cpu_0, wall_0 = time.process_time(), time.perf_counter()
        near = index.candidates(query["query"], query["schema"], limit=CANDIDATES)
        cpu.append(time.process_time() - cpu_0)
        wall.append(time.perf_counter() - wall_0)
        for group in groups(query):
            found[group].append(any(item.entity.id == query["target"] for item in near))
    return {
        f"recall@{CANDIDATES}": shares(found), "cpu ms": spread(cpu), "wall ms": spread(wall),
        "targets": TARGETS,
    }  # fmt: skip


def hits(screener: LocalScreener, queries: Sequence[Query]) -> Figures:
    """Tell how often the right entry is a hit, by kind, by band and by score."""
    cpu, wall = [], []
    found: dict[str, list[bool]] = defaultdict(list)
    levels: dict[str, list[bool]] = defaultdict(list)
    coverage: Counter[str] = Counter()
    for query in queries:
        cpu_0, wall_0 = time.process_time(), time.perf_counter()
        answer = screener.screen([asked(query)])[0]
        cpu.append(time.process_time() - cpu_0)
        wall.append(time.perf_counter() - wall_0)
        right = [hit for hit in answer.hits if hit.entity_id == query["target"]]
        for group in groups(query):
            found[group].append(bool(right))
        for level, reached in _levels(right).items():
            levels[f"{groups(query)[0]}, {level}"].append(reached)
        coverage[answer.coverage.value] += 1
    return {
        "the right entry is a hit": shares(found), "by level": shares(levels),
        "cpu ms": spread(cpu), "wall ms": spread(wall), "coverage": dict(coverage),
    }  # fmt: skip


def _levels(found: Iterable[Hit]) -> dict[str, bool]:
    seen = list(found)
    bands = {f"band {b}": any(h.band == b for h in seen) for b in BANDS}
    return bands | {f"score >= {at}": any(h.score >= at for h in seen) for at in SCORES}


def strangers(screener: LocalScreener, labelled: Labelled, wanted: int) -> Figures:
    """Screen synthetic people who are on no list; every hit is a false alert."""
    rows = labelled.strangers()
    latin = [row for row in rows if scripts(row["full_name"]) == {"Latin"}]
    other = [row for row in rows if scripts(row["full_name"]) == {"Arabic"}]
    parts = {
        "Latin, the first 1,500": latin[REPORTED],
        "Latin, chosen on": latin[CHOSEN_ON],
        "Latin, never looked at": latin[CHOSEN_ON.stop :],
        "Arabic script": other,
    }
    told = {}
    for name, part in parts.items():
        said(f"strangers: {name}")
        people = part[:wanted]
        told[name] = {
            "name alone": _alerts(screener.screen([person(r, full=False) for r in people])),
            "with birth date, nationality, gender": _alerts(
                screener.screen([person(r, full=True) for r in people])
            ),
        }
    return told


def person(row: dict[str, str], *, full: bool) -> ScreenQuery:
    """Ask for a stranger, by the name alone or by everything."""
    country = country_code(row["nationality"])
    return ScreenQuery(
        id="n",
        name=row["full_name"],
        schema_=PartySchema.PERSON,
        births=(row["date_of_birth"],) if full else (),
        countries=(country,) if full and country else (),
        genders=(row["gender"],) if full else (),
    )


def companies(
    screener: LocalScreener, labelled: Labelled, entities: Sequence[ListEntity], wanted: int
) -> Figures:
    """Screen made-up companies: a surname or place, words of trade from the lists, a legal form."""
    names = made_companies(labelled, entities, wanted)
    queries = [ScreenQuery(id="c", name=name, schema_=PartySchema.COMPANY) for name in names]
    at = wanted // 2
    return {
        "chosen on": _alerts(screener.screen(queries[:at])),
        "held out": _alerts(screener.screen(queries[at:])),
    }


def made_companies(labelled: Labelled, entities: Sequence[ListEntity], wanted: int) -> list[str]:
    """Make names of companies that nobody has."""
    chance = random.Random(_SEED)  # noqa: S311
    rows = [r for r in labelled.strangers() if scripts(r["full_name"]) == {"Latin"}]
    trade: Counter[str] = Counter()
    for entity in entities:
        if entity.schema in ("Organization", "Company"):
            for name in entity.names():
                trade.update(w for w in set(plain_words(name)) if len(w) > 3 and w.isalpha())
    common = sorted(w for w, n in trade.items() if n >= _COMMON and w not in _NO_TRADE)
    weights = [trade[word] for word in common]

    def made(row: dict[str, str]) -> str:
        words = [w.title() for w in chance.choices(common, weights, k=chance.choice((1, 2)))]
        other = chance.choice(rows)["last_name"]
        head = chance.choices(
            (row["last_name"], f"{row['last_name']} & {other}", row["place_of_birth"], words[0]),
            (5, 2, 2, 1),
        )
        return " ".join([*head, *words, chance.choice(LEGAL_FORMS)]).strip()

    return [made(rows[at % len(rows)]) for at in range(wanted)]


def _alerts(answers: Sequence[ScreenAnswer]) -> Figures:
    count: dict[str, list[bool]] = defaultdict(list)
    for answer in answers:
        count["any hit"].append(bool(answer.hits))
        for level, reached in _levels(answer.hits).items():
            count[level].append(reached)
    return shares(count, digits=5)


def pairs(labelled: Labelled, rarity: Rarity) -> Figures:
    """Score labelled pairs of names with the scorer alone."""
    scorer = Scorer(
        policy=policy(), threshold=THRESHOLD, candidates=CANDIDATES, new_token=new_token
    )
    outcome: dict[str, Counter[tuple[bool, bool]]] = {"all": Counter(), "LogicV2 alone": Counter()}
    for number, row in enumerate(labelled.pairs()):
        schema = row["schema"] if row["schema"] in set(PartySchema) else "LegalEntity"
        query = ScreenQuery(id="p", name=row["name1"], schema_=PartySchema(schema))
        entry = ListEntity(f"pair-{number}", row["schema"], row["name2"], {"name": (row["name2"],)})
        score = scorer.score(scorer.prepare(query), entry, rarity=rarity)
        same = row["is_match"] == "true"
        outcome["all"][score.base >= THRESHOLD, same] += 1
        outcome["LogicV2 alone"][score.features.get("name_match", 0.0) >= THRESHOLD, same] += 1
    return {"threshold": THRESHOLD} | {name: _f1(found) for name, found in outcome.items()}


def _f1(outcome: Counter[tuple[bool, bool]]) -> Figures:
    right, wrong, missed = outcome[True, True], outcome[True, False], outcome[False, True]
    return {
        "precision": share(right, right + wrong), "recall": share(right, right + missed),
        "f1": round(2 * right / (2 * right + wrong + missed), 3), "n": sum(outcome.values()),
    }  # fmt: skip
