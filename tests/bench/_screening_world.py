"""What every part of the screening benchmark works on: real lists, labelled queries, intervals."""

import csv
import hashlib
import json
import math
import os
import platform
import re
import sys
import time
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from casegate.model.party import PartySchema
from casegate.model.screening import ScreenQuery
from tools.screening.entities import ListEntity
from tools.screening.index import CandidateIndex
from tools.screening.lists import ListStore
from tools.screening.names import romanised, tidy
from tools.screening.policy import ScreeningPolicy, policy_at
from tools.screening.screener import LocalScreener
from tools.screening.sources import SourceFormat
from tools.screening.sources.reading import ReadList, read_list

DAY = datetime(2026, 3, 1, tzinfo=UTC)
CANDIDATES = 20
THRESHOLD = 0.7
NOT_LATIN = ("p_arabic_icu", "un_orig_arab", "un_orig_other")
_Z = 1.96

Query = dict[str, str]
Figures = dict[str, Any]


def new_token() -> str:
    """Give a fresh query id."""
    return uuid.uuid4().hex


def clock() -> datetime:
    """Give the day that everything is measured on."""
    return DAY


def policy() -> ScreeningPolicy:
    """Give the policy of that day."""
    return policy_at(DAY.date())


def said(text: str) -> None:
    """Tell on stderr how far the run is; stdout is for figures."""
    sys.stderr.write(f"{time.strftime('%H:%M:%S')} {text}\n")


def machine() -> Figures:
    """Tell what the times were measured on."""
    return {
        "cores": os.cpu_count(), "load": round(os.getloadavg()[0], 1),
        "python": platform.python_version(),
        "note": "cpu ms is this process's time; wall ms suffers when others use the cores",
    }  # fmt: skip


def share(hits: int, of: int, digits: int = 3) -> Figures:
    """Give a share with n and its 95 % Wilson interval."""
    if not of:
        return {"n": 0}
    rate, spread = hits / of, _Z * _Z / of
    middle = (rate + spread / 2) / (1 + spread)
    half = _Z * math.sqrt(rate * (1 - rate) / of + spread / (4 * of)) / (1 + spread)
    return {
        "rate": round(rate, digits), "hits": hits, "n": of,
        "interval": [round(max(0.0, middle - half), digits), round(middle + half, digits)],
    }  # fmt: skip


def shares(found: dict[str, list[bool]], digits: int = 3) -> Figures:
    """Give the share of every group."""
    return {group: share(sum(f), len(f), digits) for group, f in sorted(found.items())}


def spread(seconds: Sequence[float]) -> dict[str, float]:
    """Give percentiles in milliseconds."""
    ordered = sorted(seconds)
    return {
        f"p{p}": round(1000 * ordered[min(len(ordered) - 1, len(ordered) * p // 100)], 2)
        for p in (50, 95, 99)
    }


def timed(work: Callable[[], object]) -> dict[str, float]:
    """Run something once."""
    cpu, wall = time.process_time(), time.perf_counter()
    work()
    return {
        "cpu s": round(time.process_time() - cpu, 1),
        "wall s": round(time.perf_counter() - wall, 1),
    }


def half(query: Query) -> str:
    """Part by target, so that no entry is in both halves."""
    return ("chosen on", "held out")[hashlib.sha256(query["target"].encode()).digest()[0] % 2]


def asked(query: Query) -> ScreenQuery:
    """Turn a labelled query into a question by the name alone."""
    return ScreenQuery(id="q", name=query["query"], schema_=PartySchema(query["schema"]))


@dataclass(frozen=True)
class Labelled:
    """The labelled data beside the repository."""

    data: Path

    @property
    def folder(self) -> Path:
        return self.data / "screening" / "labelled"

    def queries(self) -> list[Query]:
        """Read the queries, each with the entry that it must find."""
        text = (self.folder / "perturbed_queries_dev.jsonl").read_text("utf-8")
        return [json.loads(line) for line in text.splitlines()]

    def strangers(self) -> list[dict[str, str]]:
        """Read people who are on no list, in an order that follows from nothing but their names."""
        path = self.folder / "negatives_global_20k.csv"
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        return sorted(rows, key=lambda row: hashlib.sha256(row["full_name"].encode()).hexdigest())

    def pairs(self) -> list[dict[str, str]]:
        """Read pairs of names that are or are not the same."""
        with (self.folder / "name_bench_cases.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))


@dataclass(frozen=True)
class World:
    """A data folder with OFAC and UN in force, without the names that queries are made of."""

    folder: Path

    def store(self) -> ListStore:
        return ListStore(self.folder, clock=clock, policy=policy())

    def index(self) -> CandidateIndex:
        return CandidateIndex(self.store().index_folder())

    def screener(self, threshold: float = THRESHOLD) -> LocalScreener:
        return LocalScreener(
            self.folder, threshold=threshold, candidates=CANDIDATES,
            clock=clock, new_token=new_token,
        )  # fmt: skip


def real_lists(labelled: Labelled) -> list[ReadList]:
    """Read OFAC and UN without the aliases that the queries are made of."""
    lists = labelled.data / "screening" / "lists"
    text = (labelled.folder / "ofac_un_heldout_aliases.json").read_text("utf-8")
    held: dict[str, list[str]] = json.loads(text)
    for query in labelled.queries():
        if query["kind"].startswith("un_orig"):
            held.setdefault(query["target"], []).append(query["query"])
    sources = (
        ("sdn_2024-05-03.csv", SourceFormat.OFAC_SDN, lists / "alt_2025-12.csv"),
        ("UN_consolidated_2026-02-27.xml", SourceFormat.UN_SC, None),
    )
    return [
        _without(read_list(lists / name, source, aliases=aliases, policy=policy()), held)
        for name, source, aliases in sources
    ]


def load(world: World, lists: Sequence[ReadList]) -> Figures:
    """Put lists in force; the parts of the work are timed together."""
    began = time.perf_counter()
    counts = {}
    for read in lists:
        loaded = world.store().load(
            read.parsed, sha256=read.sha256, published=read.published, accept_smaller=True
        )
        counts[loaded.version.list] = loaded.version.entities
    return {
        "entities": counts,
        "names in the index": world.index().manifest.names,
        "load and index s": round(time.perf_counter() - began, 1),
    }


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
