"""The chain finds every change among ten thousand entries."""

import json
import random
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from casegate.audit.chain import GENESIS, EventRow, Head, entry_bytes, entry_hash
from casegate.audit.checkpoint import Checkpoints
from casegate.audit.events import EvidenceRecorded
from casegate.audit.verify import AuditReport, export, verify
from casegate.errors import AuditBroken
from casegate.hashing import canonical_json
from casegate.storage import open_store

ENTRIES = 10_000
COLUMNS = ("id", "kind", "at", "actor", "case_id", "payload", "prev_hash", "hash")


def recorded(number: int) -> EvidenceRecorded:
    return EvidenceRecorded(
        run="r-1",
        evidence=f"E{number}",
        evidence_kind="history",
        tool="history",
        tool_version="1",
        coverage="complete",
        source_hash="a" * 64,
        content_hash="b" * 64,
        facts=("F1", "F2"),
        facts_hash="c" * 64,
    )


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with ten thousand entries, never changed by a test."""
    folder = tmp_path_factory.mktemp("chain")
    store = open_store(f"sqlite:///{folder / 'chain.db'}", witness=Checkpoints.open(folder).witness)
    at = datetime(2026, 3, 1, tzinfo=UTC)
    with store.work() as work:
        for number in range(1, ENTRIES + 1):
            work.log.append(
                recorded(number),
                id=f"e-{number}",
                at=at + timedelta(seconds=number),
                actor="agent",
                case_id=f"c-{number % 7}",
            )
    store.close()
    return folder


class Attacker:
    """Someone who can write to the database file, past every trigger."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.connection = sqlite3.connect(folder / "chain.db")
        triggers = self.connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        for (name,) in triggers.fetchall():
            self.connection.execute(f"DROP TRIGGER {name}")

    def do(self, statement: str, *values: object) -> None:
        assert self.connection.execute(statement, values).rowcount > 0

    def get(self, seq: int, column: str) -> str:
        query = f"SELECT {column} FROM event WHERE seq = ?"  # noqa: S608
        return str(self.connection.execute(query, (seq,)).fetchone()[0])

    def put(self, seq: int, column: str, value: str) -> None:
        self.do(f"UPDATE event SET {column} = ? WHERE seq = ?", value, seq)  # noqa: S608

    def row(self, seq: int) -> EventRow:
        query = f"SELECT seq, {', '.join(COLUMNS)} FROM event WHERE seq = ?"  # noqa: S608
        return EventRow(*self.connection.execute(query, (seq,)).fetchone())

    def verified(self) -> AuditReport:
        self.connection.commit()
        self.connection.close()
        store = open_store(f"sqlite:///{self.folder / 'chain.db'}")
        with store.read() as work:
            report = verify(work.log, Checkpoints.open(self.folder))
        store.close()
        return report


@pytest.fixture
def attacker(written: Path, tmp_path: Path) -> Iterator[Attacker]:
    folder = tmp_path / "copy"
    shutil.copytree(written, folder)
    made = Attacker(folder)
    yield made
    made.connection.close()


def test_an_untouched_chain_of_ten_thousand_entries_verifies(attacker: Attacker) -> None:
    head = attacker.get(ENTRIES, "hash")
    report = attacker.verified()
    assert report == AuditReport(entries=ENTRIES, root=head, ok=True, checkpoint=ENTRIES)


@pytest.mark.parametrize("column", COLUMNS)
def test_a_flipped_byte_in_any_column_of_an_entry_is_found(attacker: Attacker, column: str) -> None:
    seq = random.Random(column).randrange(2, ENTRIES)  # noqa: S311
    text = attacker.get(seq, column)
    place = random.Random(text).randrange(len(text))  # noqa: S311
    flipped = text[:place] + chr(ord(text[place]) ^ 1) + text[place + 1 :]
    attacker.put(seq, column, flipped)
    report = attacker.verified()
    assert (report.ok, report.first_bad) == (False, seq)
    assert "altered" in report.reason


@pytest.mark.parametrize("seq", [1, 2, 5_000, ENTRIES - 1])
def test_a_deleted_entry_is_found(attacker: Attacker, seq: int) -> None:
    attacker.do("DELETE FROM event WHERE seq = ?", seq)
    report = attacker.verified()
    assert (report.ok, report.first_bad) == (False, seq)
    assert report.reason == f"entry {seq} is missing; entry {seq + 1} follows"


@pytest.mark.parametrize("seq", [1, 5_000, ENTRIES - 1])
def test_a_deleted_entry_is_found_when_the_later_ones_are_numbered_anew(
    attacker: Attacker, seq: int
) -> None:
    attacker.do("DELETE FROM event WHERE seq = ?", seq)
    attacker.do("UPDATE event SET seq = -seq WHERE seq > ?", seq)
    attacker.do("UPDATE event SET seq = -seq - 1 WHERE seq < 0")
    report = attacker.verified()
    assert (report.ok, report.first_bad) == (False, seq)


@pytest.mark.parametrize(("one", "other"), [(1, 2), (4_000, 4_001), (17, 9_000)])
def test_swapped_entries_are_found(attacker: Attacker, one: int, other: int) -> None:
    attacker.do("UPDATE event SET seq = -1 WHERE seq = ?", one)
    attacker.do("UPDATE event SET seq = ? WHERE seq = ?", one, other)
    attacker.do("UPDATE event SET seq = ? WHERE seq = -1", other)
    report = attacker.verified()
    assert (report.ok, report.first_bad) == (False, one)


@pytest.mark.parametrize("kept", [0, 1, 5_000, ENTRIES - 1])
def test_entries_cut_off_the_end_are_found(attacker: Attacker, kept: int) -> None:
    attacker.do("DELETE FROM event WHERE seq > ?", kept)
    report = attacker.verified()
    assert (report.ok, report.first_bad) == (False, kept + 1)
    assert report.reason == f"entries from {kept + 1} are missing; entry {ENTRIES} was signed"


def test_an_altered_entry_with_a_new_hash_is_found(attacker: Attacker) -> None:
    attacker.put(77, "actor", "someone")
    attacker.put(77, "hash", entry_hash(attacker.row(77)))
    report = attacker.verified()
    assert (report.ok, report.first_bad) == (False, 78)
    assert "does not follow" in report.reason


def test_a_chain_rewritten_to_its_end_is_found_by_the_checkpoint(attacker: Attacker) -> None:
    attacker.put(9_990, "actor", "someone")
    last = attacker.get(9_989, "hash")
    for seq in range(9_990, ENTRIES + 1):
        attacker.put(seq, "prev_hash", last)
        last = entry_hash(attacker.row(seq))
        attacker.put(seq, "hash", last)
    report = attacker.verified()
    assert (report.ok, report.first_bad) == (False, ENTRIES)
    assert report.reason == f"entry {ENTRIES} is not the one that was signed"


def test_an_inserted_entry_is_found(attacker: Attacker) -> None:
    row = attacker.row(ENTRIES)._replace(seq=ENTRIES + 1, id="e-new")
    row = row._replace(hash=entry_hash(row))
    attacker.do(
        "INSERT INTO event (seq, id, kind, at, actor, case_id, payload, prev_hash, hash) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        *row,
    )
    report = attacker.verified()
    assert (report.ok, report.first_bad) == (False, ENTRIES + 1)


def cut_checkpoint(text: str) -> str:
    return text[: len(text) // 2]


def lower_checkpoint(text: str) -> str:
    return json.dumps(json.loads(text) | {"seq": 5})


def foreign_signature(text: str) -> str:
    record = json.loads(text)
    return json.dumps(record | {"signature": record["signature"][::-1]})


@pytest.mark.parametrize("change", [cut_checkpoint, lower_checkpoint, foreign_signature])
def test_a_changed_checkpoint_file_is_found(
    attacker: Attacker, change: Callable[[str], str]
) -> None:
    file = attacker.folder / "checkpoint.json"
    file.write_text(change(file.read_text()))
    assert not attacker.verified().ok


def test_a_checkpoint_file_that_is_gone_is_found_once_the_database_has_a_checkpoint(
    attacker: Attacker,
) -> None:
    record = (attacker.folder / "checkpoint.json").read_text()
    attacker.do("INSERT INTO checkpoint (seq, record) VALUES (?, ?)", ENTRIES, record)
    (attacker.folder / "checkpoint.json").unlink()
    report = attacker.verified()
    assert (report.ok, report.reason) == (
        False,
        "the checkpoint file is gone though the database has a checkpoint",
    )


def test_a_checkpoint_of_another_key_is_found(attacker: Attacker, tmp_path: Path) -> None:
    foreign = Checkpoints.open(tmp_path / "other")
    head = Head(ENTRIES, attacker.get(ENTRIES, "hash"), attacker.get(ENTRIES, "at"))
    file = attacker.folder / "checkpoint.json"
    file.write_text(foreign.sign(head).model_dump_json())
    assert attacker.verified().reason == "the checkpoint in the file has a wrong signature"


def test_the_key_file_is_for_its_owner_alone_and_is_made_once(tmp_path: Path) -> None:
    first = Checkpoints.open(tmp_path)
    assert (tmp_path / "checkpoint.key").stat().st_mode & 0o777 == 0o600
    assert Checkpoints.open(tmp_path).public_pem() == first.public_pem()
    (tmp_path / "checkpoint.key").write_text("no key")
    with pytest.raises(AuditBroken, match="holds no Ed25519 key"):
        Checkpoints.open(tmp_path)


def test_the_checkpoint_file_never_goes_back_to_an_older_entry(tmp_path: Path) -> None:
    checkpoints = Checkpoints.open(tmp_path)
    checkpoints.witness(Head(5, "a" * 64, "t"))
    checkpoints.witness(Head(3, "b" * 64, "t"))
    kept = checkpoints.kept()
    assert kept is not None
    assert (kept.seq, kept.hash) == (5, "a" * 64)


def test_a_checkpoint_that_can_not_be_written_stops_no_one_and_is_reported(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    checkpoints = Checkpoints.open(tmp_path)
    (tmp_path / "checkpoint.json").write_text("no checkpoint")
    checkpoints.witness(Head(5, "a" * 64, "t"))
    assert (tmp_path / "checkpoint.json").read_text() == "no checkpoint"
    assert "entry 5 was not checkpointed: AuditBroken" in caplog.text


def test_an_empty_chain_verifies(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path / 'empty.db'}")
    with store.read() as work:
        report = verify(work.log, Checkpoints.open(tmp_path))
    store.close()
    assert report == AuditReport(entries=0, root=GENESIS, ok=True)


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(
    seq=st.integers(1, 2**53 - 1),
    words=st.lists(st.text(), min_size=5, max_size=5),
    case_id=st.none() | st.text(),
    payload=st.dictionaries(st.text(), json_values, max_size=4),
)
def test_what_the_hash_covers_is_canonical_json_by_rfc_8785(
    seq: int, words: list[str], case_id: str | None, payload: dict[str, object]
) -> None:
    id_, kind, at, actor, prev = words
    row = EventRow(seq, id_, kind, at, actor, case_id, canonical_json(payload).decode(), prev, "")
    whole = {name: value for name, value in row._asdict().items() if name != "hash"}
    assert entry_bytes(row) == rfc8785.dumps(whole | {"payload": payload})


def test_an_exported_chain_can_be_verified_without_the_database(written: Path) -> None:
    store = open_store(f"sqlite:///{written / 'chain.db'}")
    with store.read() as work:
        lines = [json.loads(line) for line in export(work.log)]
    store.close()
    last = GENESIS
    for number, line in enumerate(lines, start=1):
        hashed = line.pop("hash")
        assert (line["seq"], line["prev_hash"]) == (number, last)
        assert (
            entry_hash(
                EventRow(**line | {"payload": canonical_json(line["payload"]).decode()}, hash="")
            )
            == hashed
        )
        last = hashed
    assert len(lines) == ENTRIES
