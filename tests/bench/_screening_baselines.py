"""What simpler means reach on the same list and queries, in the same run."""

import sqlite3
import time
from collections import defaultdict
from collections.abc import Callable, Sequence

from rapidfuzz import fuzz, process

from tests.bench._screening_quality import groups
from tests.bench._screening_world import CANDIDATES, Figures, Query, said, shares, spread
from tools.screening.entities import ListEntity
from tools.screening.names import grams, plain_words

Find = Callable[[str], list[str]]


def baselines(entities: Sequence[ListEntity], queries: Sequence[Query]) -> Figures:
    """Measure both; neither knows of kinds of entries."""
    rows = [
        (" ".join(sorted(plain_words(name))), entity.id)
        for entity in entities
        for name in entity.names()
    ]
    rows = [row for row in dict.fromkeys(rows) if row[0]]
    return {
        "rapidfuzz, every name, ratio of sorted words": _measured(_brute_force(rows), queries),
        "SQLite FTS5, trigrams": _measured(_fts5(rows), queries),
    }


def _measured(find: Find, queries: Sequence[Query]) -> Figures:
    cpu = []
    found: dict[str, list[bool]] = defaultdict(list)
    for query in queries:
        began = time.process_time()
        near = find(query["query"])
        cpu.append(time.process_time() - began)
        for group in groups(query)[:3]:
            found[group].append(query["target"] in near)
    return {f"recall@{CANDIDATES}": shares(found), "cpu ms": spread(cpu)}


def _first(ids: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(ids))[:CANDIDATES]


def _brute_force(rows: Sequence[tuple[str, str]]) -> Find:
    names, ids = [name for name, _ in rows], [id_ for _, id_ in rows]

    def find(query: str) -> list[str]:
        asked = " ".join(sorted(plain_words(query)))
        best = process.extract(asked, names, scorer=fuzz.ratio, limit=CANDIDATES * 4)
        return _first([ids[at] for _, _, at in best])

    said("baseline: rapidfuzz")
    return find


def _fts5(rows: Sequence[tuple[str, str]]) -> Find:
    base = sqlite3.connect(":memory:")
    base.execute("CREATE VIRTUAL TABLE names USING fts5(name, id UNINDEXED, tokenize='trigram')")
    base.executemany("INSERT INTO names VALUES (?, ?)", rows)

    def find(query: str) -> list[str]:
        asked = " ".join(sorted(plain_words(query)))
        terms = " OR ".join(f'"{gram}"' for gram in sorted(set(grams(asked, 3))) if len(gram) == 3)
        if not terms:
            return []
        found = base.execute(
            "SELECT id FROM names WHERE names MATCH ? ORDER BY rank LIMIT ?",
            (terms, CANDIDATES * 4),
        )
        return _first([row[0] for row in found])

    said("baseline: SQLite FTS5")
    return find
