"""The candidate index on disk: which entries could be meant by a name or a number.

One folder holds `entities.jsonl`, the tantivy index (both memory-mapped) and `index.json`, which is
written last and names every file with its hash: a folder that differs is not opened.
"""

import hashlib
import json
import math
import mmap
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path

import tantivy
from followthemoney import model
from pydantic import ValidationError

from casegate.errors import ScreeningUnavailable
from casegate.hashing import canonical_json
from casegate.model.base import Record, Sha256
from casegate.model.evidence import ListVersion
from tools.screening.entities import ListEntity
from tools.screening.identifiers import identifier_keys
from tools.screening.names import grams, plain_words, skeleton, words

INDEX_FORMAT = 2
"""Counts every change in what is written; an index of another format is not opened."""
MANIFEST = "index.json"
ENTITIES = "entities.jsonl"
TANTIVY = "tantivy"

_WORDS, _TRIGRAMS, _SKELETON, _PLAIN = "words", "trigrams", "skeleton", "plain"
_GRAM_FIELDS = (_WORDS, _TRIGRAMS, _SKELETON)
_WRITER_BYTES = 128_000_000
# An entry has several names, so several documents of one entry may be found for one query.
_NAMES_PER_ENTITY = 4
_WIDER = 4
# Numbers are shared by a handful of entries; the search takes memory by this.
_SHARING_A_NUMBER = 100
_ENTRIES_IN_MEMORY = 4096
_WORDS_IN_MEMORY = 50_000
_FEWEST_NAMES = 10_000


@dataclass(frozen=True)
class IndexedEntity:
    """An entry with the list version that it is from."""

    entity: ListEntity
    list: str
    version: str


class IndexManifest(Record):
    """What an index folder holds."""

    format: int
    versions: tuple[ListVersion, ...]
    entities: int
    names: int
    files: dict[str, Sha256]


def name_terms(name: str) -> dict[str, list[str]]:
    """Give the terms of a name by field; the same for the index and for a query.

    Trigrams and skeleton run over the joined words, so that a name without blanks is found too.
    """
    parts = words(name)
    bones = "".join(skeleton(word) for word in parts)
    return {
        _WORDS: list(parts),
        _TRIGRAMS: list(grams("".join(parts), 3)),
        _SKELETON: [f"2{g}" for g in grams(bones, 2)] + [f"3{g}" for g in grams(bones, 3)],
    }


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    for name in _GRAM_FIELDS:
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
    # Words as they are printed, legal forms too: counted, never searched.
    builder.add_text_field(_PLAIN, tokenizer_name="whitespace", index_option="basic")
    builder.add_text_field("number", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("schema", tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field("at", fast=True)
    return builder.build()


def build_index(
    folder: Path, entities: Iterable[IndexedEntity], versions: Sequence[ListVersion]
) -> IndexManifest:
    """Write an index into an empty folder; the manifest comes last."""
    (folder / TANTIVY).mkdir(parents=True)
    index = tantivy.Index(_schema(), path=str(folder / TANTIVY))
    analyzer = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
    index.register_tokenizer("whitespace", analyzer)
    # One thread: equal scores are then ordered alike in every build.
    writer = index.writer(_WRITER_BYTES, 1)
    count = names = at = 0
    with (folder / ENTITIES).open("wb") as out:
        for item in entities:
            row = _row(item)
            names += _add(writer, item.entity, at)
            out.write(row + b"\n")
            at += len(row) + 1
            count += 1
    writer.commit()
    writer.wait_merging_threads()
    manifest = IndexManifest(
        format=INDEX_FORMAT,
        versions=tuple(versions),
        entities=count,
        names=names,
        files=_hashes(folder),
    )
    (folder / MANIFEST).write_bytes(canonical_json(manifest.model_dump(mode="json")))
    return manifest


def _row(item: IndexedEntity) -> bytes:
    told = canonical_json({"list": item.list, "version": item.version})
    return told[:-1] + b',"entity":' + item.entity.row() + b"}"


def _add(writer: tantivy.IndexWriter, entity: ListEntity, at: int) -> int:
    """Add one document per different name and one for the numbers; give the names' count."""
    seen: set[tuple[str, ...]] = set()
    for name in entity.names():
        terms = name_terms(name)
        key = tuple(terms[_WORDS])
        if not key or key in seen:
            continue
        seen.add(key)
        document = tantivy.Document()
        for field_name in _GRAM_FIELDS:
            document.add_text(field_name, " ".join(terms[field_name]))
        document.add_text(_PLAIN, " ".join(plain_words(name)))
        document.add_text("schema", entity.schema)
        document.add_unsigned("at", at)
        writer.add_document(document)
    if keys := identifier_keys(entity.identifiers(), shortest=1):
        document = tantivy.Document()
        for key_text in sorted(keys):
            document.add_text("number", key_text)
        document.add_text("schema", entity.schema)
        document.add_unsigned("at", at)
        writer.add_document(document)
    return len(seen)


def _hashes(folder: Path) -> dict[str, str]:
    """Hash every file of the index but its manifest and tantivy's lock files, piece by piece."""
    return {
        path.relative_to(folder).as_posix(): _hash(path)
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != MANIFEST and not path.name.endswith(".lock")
    }


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


class CandidateIndex:
    """An opened index. Reading is safe from several threads."""

    def __init__(self, folder: Path) -> None:
        """Open `folder`.

        Raises:
            ScreeningUnavailable: it is missing, of another format, or a file differs from its hash.
        """
        try:
            self.manifest = IndexManifest.model_validate_json((folder / MANIFEST).read_bytes())
            if self.manifest.format != INDEX_FORMAT:
                raise ScreeningUnavailable("the screening index is of another version of Casegate")
            if _hashes(folder) != self.manifest.files:
                raise ScreeningUnavailable("a file of the screening index is not as it was built")
            with (folder / ENTITIES).open("rb") as file:
                self._rows = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            self._index = tantivy.Index.open(str(folder / TANTIVY))
        except (OSError, ValueError, ValidationError) as bad:
            # tantivy raises ValueError for whatever it can't open.
            kind = type(bad).__name__
            raise ScreeningUnavailable(f"the screening index can't be read: {kind}") from None
        self._schema = self._index.schema
        self._searcher = self._index.searcher()
        # Bound to the bytes, not to this object: an index that nobody uses any more is then freed
        # at once.
        self._entity = lru_cache(_ENTRIES_IN_MEMORY)(partial(_entity, self._rows))
        self._allowed = lru_cache(partial(_allowed, self._schema))
        self.rarity = lru_cache(_WORDS_IN_MEMORY)(
            partial(_rarity, self._searcher, self.manifest.names)
        )

    def candidates(self, name: str, schema: str, *, limit: int) -> list[IndexedEntity]:
        """Give the `limit` entries whose names are nearest, of a schema that may be meant."""
        clauses = [
            (tantivy.Occur.Should, self._term(field_name, term, count))
            for field_name, terms in name_terms(name).items()
            for term, count in sorted(Counter(terms).items())
        ]
        if not clauses:
            return []
        query = self._of_schema(tantivy.Query.boolean_query(clauses), schema)
        wanted = limit * _NAMES_PER_ENTITY
        found = self._offsets(query, wanted)
        if len(set(found)) < limit and len(found) == wanted:
            found = self._offsets(query, wanted * _WIDER)
        return [self._entity(at) for at in list(dict.fromkeys(found))[:limit]]

    def with_identifiers(self, keys: frozenset[str]) -> list[IndexedEntity]:
        """Give every entry that has one of these numbers, whatever its name and its kind."""
        if not keys:
            return []
        named = tantivy.Query.term_set_query(self._schema, "number", sorted(keys))
        wanted = _SHARING_A_NUMBER
        found = self._offsets(named, wanted)
        while len(found) == wanted:
            wanted *= _WIDER
            found = self._offsets(named, wanted)
        return [self._entity(at) for at in sorted(set(found))]

    def _term(self, field_name: str, term: str, count: int) -> tantivy.Query:
        query = tantivy.Query.term_query(self._schema, field_name, term, "freq")
        return query if count == 1 else tantivy.Query.boost_query(query, float(count))

    def _of_schema(self, query: tantivy.Query, schema: str) -> tantivy.Query:
        """Keep only what `schema` may match: before the best are picked, not after."""
        must = tantivy.Occur.Must
        return tantivy.Query.boolean_query([(must, query), (must, self._allowed(schema))])

    def _offsets(self, query: tantivy.Query, limit: int) -> list[int]:
        hits = self._searcher.search(query, limit=max(1, limit), count=False).hits
        found = self._searcher.fast_field_values("at", [address for _, address in hits])
        return [int(at) for at in found if at is not None]


def _entity(rows: mmap.mmap, at: int) -> IndexedEntity:
    row = json.loads(rows[at : rows.find(b"\n", at)])
    entity = ListEntity.of_json(row["entity"])
    return IndexedEntity(entity, row["list"], row["version"])


def _allowed(index_schema: tantivy.Schema, schema: str) -> tantivy.Query:
    own = model[schema]
    names = sorted({own.name, *(other.name for other in own.matchable_schemata)})
    allowed = tantivy.Query.term_set_query(index_schema, "schema", names)
    return tantivy.Query.const_score_query(allowed, 0.0)


def _rarity(searcher: tantivy.Searcher, names: int, word: str) -> float:
    """Give how rare a word is, by the logarithm of the share of names that have it.

    Fewer names than `_FEWEST_NAMES` say little about a language, and count as so many.
    """
    names = max(names, _FEWEST_NAMES)
    having = searcher.doc_freq(_PLAIN, word) + 0.5
    return math.log(1 + names / having) / math.log(1 + 2 * names)
