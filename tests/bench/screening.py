"""Measures screening on real lists: recall of candidates and hits, alerts on strangers, time.

    python -m tests.bench.screening [--data FOLDER] [--negatives N] [--json]

Needs the labelled data beside the repository (`../shared/data`, or $CASEGATE_TEST_DATA). The
candidate index was chosen on one half of the perturbed queries (`chosen on`); the other half (`held
out`) was looked at afterwards. The weight of `spelling_match` was compared with others on both
halves and on other strangers, so its gain is a little optimistic. The matcher's own weights and
options are the stock ones.
"""

import argparse
import csv
import hashlib
import json
import os
import platform
import re
import sys
import tempfile
import time
import uuid
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from casegate.model.evidence import Coverage
from casegate.model.party import PartySchema
from casegate.model.screening import ScreenAnswer, ScreenQuery
from tools.screening.entities import ListEntity
from tools.screening.index import CandidateIndex
from tools.screening.lists import ListStore
from tools.screening.names import romanised, scripts, tidy
from tools.screening.policy import ScreeningPolicy, policy_at
from tools.screening.scoring import Scorer
from tools.screening.screener import LocalScreener
from tools.screening.sources import SourceFormat
from tools.screening.sources.reading import ReadList, read_list
from tools.screening.sources.values import country_code

ROOT = Path(__file__).resolve().parents[2]
DAY = datetime(2026, 3, 1, tzinfo=UTC)
CANDIDATES = 20
THRESHOLD = 0.7
NOT_LATIN = ("p_arabic_icu", "un_orig_arab", "un_orig_other")
TARGETS = {"recall@20, Latin": 0.99, "candidates p95 ms": 10.0}

Query = dict[str, str]


def new_token() -> str:
    """Give a fresh query id."""
    return uuid.uuid4().hex


def main() -> None:
    """Measure and print."""
    asked = _arguments()
    labelled = asked.data / "screening" / "labelled"
    queries = [
        json.loads(line)
        for line in (labelled / "perturbed_queries_dev.jsonl").read_text("utf-8").splitlines()
    ]
    with tempfile.TemporaryDirectory(prefix="screening-bench-") as folder:
        found: dict[str, Any] = {"machine": _machine(), "list": _load(asked.data, queries, folder)}
        screener = LocalScreener(
            Path(folder), threshold=THRESHOLD, candidates=CANDIDATES,
            clock=lambda: DAY, new_token=new_token,
        )  # fmt: skip
        found["warm"] = _timed(screener.warm)
        store = ListStore(Path(folder), clock=lambda: DAY, policy=_policy())
        found["candidates"] = _candidates(CandidateIndex(store.index_folder()), queries)
        found["hits"] = _hits(screener, queries)
        found["strangers"] = _strangers(screener, labelled, asked.negatives)
    found["name pairs"] = _pairs(labelled)
    json.dump(found, sys.stdout, indent=None if asked.json else 2, ensure_ascii=False)
    sys.stdout.write("\n")


def _arguments() -> argparse.Namespace:
    default = os.environ.get("CASEGATE_TEST_DATA", str(ROOT.parent / "shared" / "data"))
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--data", type=Path, default=Path(default))
    parser.add_argument("--negatives", type=int, default=1500)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    if not (asked.data / "screening").is_dir():
        parser.error(f"no labelled data in {asked.data}")
    return asked


def _machine() -> dict[str, Any]:
    return {
        "cores": os.cpu_count(),
        "load": round(os.getloadavg()[0], 1),
        "python": platform.python_version(),
        "note": "CPU time is this process's; wall time suffers when others use the cores",
    }


def _policy() -> ScreeningPolicy:
    return policy_at(DAY.date())


def _load(data: Path, queries: list[Query], folder: str) -> dict[str, Any]:
    """Load OFAC and UN without the aliases that the queries are made of."""
    lists = data / "screening" / "lists"
    held = json.loads((data / "screening/labelled/ofac_un_heldout_aliases.json").read_text("utf-8"))
    for query in queries:
        if query["kind"].startswith("un_orig"):
            held.setdefault(query["target"], []).append(query["query"])
    store = ListStore(Path(folder), clock=lambda: DAY, policy=_policy())
    began = time.perf_counter()
    counts = {}
    for name, source, aliases in (
        ("sdn_2024-05-03.csv", SourceFormat.OFAC_SDN, lists / "alt_2025-12.csv"),
        ("UN_consolidated_2026-02-27.xml", SourceFormat.UN_SC, None),
    ):
        read = _without(read_list(lists / name, source, aliases=aliases, policy=_policy()), held)
        loaded = store.load(read.parsed, sha256=read.sha256, published=read.published)
        counts[loaded.version.list] = loaded.version.entities
    names = CandidateIndex(store.index_folder()).manifest.names
    return {
        "entities": counts, "names in the index": names, "held out for": len(held),
        "load and index s": round(time.perf_counter() - began, 1),
    }  # fmt: skip


def _without(read: ReadList, held: dict[str, list[str]]) -> ReadList:
    entities = tuple(
        _stripped(entity, held[entity.id]) if entity.id in held else entity
        for entity in read.parsed.entities
    )
    return replace(read, parsed=replace(read.parsed, entities=entities))


def _stripped(entity: ListEntity, names: list[str]) -> ListEntity:
    gone = {_folded(name) for name in names}
    gone |= {_folded(latin) for name in names if (latin := romanised(tidy(name)))}
    kept = {
        prop: tuple(v for v in values if prop == "name" or _folded(v) not in gone)
        for prop, values in entity.properties.items()
    }
    return replace(entity, properties={prop: values for prop, values in kept.items() if values})


def _folded(name: str) -> str:
    return re.sub(r"\W", "", name.casefold())


def _half(query: Query) -> str:
    """Part by target, so that no entry is in both halves."""
    return ("chosen on", "held out")[hashlib.sha256(query["target"].encode()).digest()[0] % 2]


def _candidates(index: CandidateIndex, queries: list[Query]) -> dict[str, Any]:
    cpu, wall = [], []
    ranks: dict[str, list[bool]] = defaultdict(list)
    for query in queries:
        cpu_0, wall_0 = time.process_time(), time.perf_counter()
        found = index.candidates(query["query"], query["schema"], limit=CANDIDATES)
        cpu.append(time.process_time() - cpu_0)
        wall.append(time.perf_counter() - wall_0)
        _note(ranks, query, any(item.entity.id == query["target"] for item in found))
    return {
        f"recall@{CANDIDATES}": _rates(ranks), "cpu ms": _spread(cpu), "wall ms": _spread(wall),
        "targets": TARGETS,
    }  # fmt: skip


def _note(ranks: dict[str, list[bool]], query: Query, found: bool) -> None:
    latin = "other scripts" if query["kind"] in NOT_LATIN else "Latin and Cyrillic"
    for group in (latin, f"{latin}, {_half(query)}", query["kind"]):
        ranks[group].append(found)


def _rates(ranks: dict[str, list[bool]]) -> dict[str, str]:
    return {
        group: f"{sum(found) / len(found):.3f} (n {len(found)})"
        for group, found in sorted(ranks.items())
    }


def _hits(screener: LocalScreener, queries: list[Query]) -> dict[str, Any]:
    cpu, wall = [], []
    at_threshold: dict[str, list[bool]] = defaultdict(list)
    coverage: Counter[str] = Counter()
    for query in queries:
        asked = ScreenQuery(id="q", name=query["query"], schema_=PartySchema(query["schema"]))
        cpu_0, wall_0 = time.process_time(), time.perf_counter()
        answer = screener.screen([asked])[0]
        cpu.append(time.process_time() - cpu_0)
        wall.append(time.perf_counter() - wall_0)
        _note(at_threshold, query, any(hit.entity_id == query["target"] for hit in answer.hits))
        coverage[answer.coverage.value] += 1
    return {
        f"the right entry is a hit at {THRESHOLD}": _rates(at_threshold),
        "cpu ms": _spread(cpu), "wall ms": _spread(wall), "coverage": dict(coverage),
    }  # fmt: skip


def _strangers(screener: LocalScreener, labelled: Path, wanted: int) -> dict[str, Any]:
    """Screen synthetic people who are on no list; every hit is a false alert."""
    with (labelled / "negatives_global_20k.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if scripts(row["full_name"]) == {"Latin"}]
    rows.sort(key=lambda row: hashlib.sha256(row["full_name"].encode()).hexdigest())
    rows = rows[:wanted]
    bare = screener.screen([_person(row, full=False) for row in rows])
    full = screener.screen([_person(row, full=True) for row in rows])
    return {
        "n": len(rows),
        "name alone": _alerts(bare),
        "with birth date, nationality, gender": _alerts(full),
    }


def _person(row: dict[str, str], *, full: bool) -> ScreenQuery:
    country = country_code(row["nationality"])
    return ScreenQuery(
        id="n",
        name=row["full_name"],
        schema_=PartySchema.PERSON,
        births=(row["date_of_birth"],) if full else (),
        countries=(country,) if full and country else (),
        genders=(row["gender"],) if full else (),
    )


def _alerts(answers: Iterable[ScreenAnswer]) -> dict[str, str]:
    found = list(answers)
    count: Counter[str] = Counter()
    for answer in found:
        assert answer.coverage is Coverage.COMPLETE
        count["any hit"] += bool(answer.hits)
        count[f"score >= {THRESHOLD}"] += any(hit.score >= THRESHOLD for hit in answer.hits)
        for band in ("likely", "review", "corroborate"):
            count[band] += any(hit.band == band for hit in answer.hits)
    return {name: f"{n / len(found):.2%} ({n})" for name, n in count.items()}


def _pairs(labelled: Path) -> dict[str, Any]:
    """Score 826 labelled pairs of names with the scorer alone."""
    scorer = Scorer(
        policy=_policy(), threshold=THRESHOLD, candidates=CANDIDATES, new_token=new_token
    )
    with (labelled / "name_bench_cases.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    outcome: Counter[tuple[bool, bool]] = Counter()
    for number, row in enumerate(rows):
        schema = row["schema"] if row["schema"] in set(PartySchema) else "LegalEntity"
        query = ScreenQuery(id="p", name=row["name1"], schema_=PartySchema(schema))
        entry = ListEntity(f"pair-{number}", row["schema"], row["name2"], {"name": (row["name2"],)})
        said = scorer.score(scorer.prepare(query), entry).base >= THRESHOLD
        outcome[said, row["is_match"] == "true"] += 1
    right, wrong, missed = outcome[True, True], outcome[True, False], outcome[False, True]
    precision, recall = right / (right + wrong), right / (right + missed)
    f1 = 2 * precision * recall / (precision + recall)
    return {
        "n": len(rows), "threshold": THRESHOLD, "precision": round(precision, 3),
        "recall": round(recall, 3), "f1": round(f1, 3),
    }  # fmt: skip


def _timed(work: Callable[[], None]) -> dict[str, float]:
    cpu, wall = time.process_time(), time.perf_counter()
    work()
    return {
        "cpu s": round(time.process_time() - cpu, 1),
        "wall s": round(time.perf_counter() - wall, 1),
    }


def _spread(seconds: list[float]) -> dict[str, float]:
    ordered = sorted(seconds)
    return {
        f"p{p}": round(1000 * ordered[min(len(ordered) - 1, len(ordered) * p // 100)], 2)
        for p in (50, 95, 99)
    }


if __name__ == "__main__":
    main()
