"""What a case is made from: documents, the transaction file, and what runs read from them."""

from sqlalchemy import Connection, Table, func, insert, select, update

from casegate.errors import DocumentUnknown
from casegate.hashing import content_hash
from casegate.model.document import Document
from casegate.model.evidence import Evidence
from casegate.model.fact import Fact
from casegate.model.party import CustomerProfile
from casegate.model.proposal import Assessment
from casegate.model.transaction import TransactionSet
from casegate.storage.tables import assessment, document, evidence, fact, profile, transaction_file


class Documents:
    """Submitted files, oldest first."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, new: Document) -> None:
        """Store a document that was not read yet."""
        self._connection.execute(
            insert(document).values(
                id=new.id, case_id=new.case_id, sha256=new.sha256, record=new.model_dump_json()
            )
        )

    def by_hash(self, case_id: str, sha256: str) -> Document | None:
        """Find a document of the case by its content."""
        text = self._connection.scalar(
            select(document.c.record).where(
                document.c.case_id == case_id, document.c.sha256 == sha256
            )
        )
        return None if text is None else Document.model_validate_json(text)

    def get(self, case_id: str, document_id: str) -> Document:
        """Give a document of the case.

        Raises:
            DocumentUnknown: the case has none of that id.
        """
        text = self._connection.scalar(
            select(document.c.record).where(
                document.c.case_id == case_id, document.c.id == document_id
            )
        )
        if text is None:
            raise DocumentUnknown(f"case {case_id} has no document {document_id!r}")
        return Document.model_validate_json(text)

    def all(self, case_id: str) -> tuple[Document, ...]:
        """Give all documents of the case."""
        query = select(document.c.record).where(document.c.case_id == case_id)
        found = self._connection.scalars(query.order_by(document.c.id))
        return tuple(Document.model_validate_json(text) for text in found)

    def readers(self, case_id: str) -> dict[str, str | None]:
        """Give by document id which run read it last; None for one that none has read."""
        query = select(document.c.id, document.c.read_by).where(document.c.case_id == case_id)
        return {row[0]: row[1] for row in self._connection.execute(query)}

    def read(self, result: Document, run_id: str) -> bool:
        """Keep what a run read; False if that run has handed in a reading before."""
        done = self._connection.execute(
            update(document)
            .where(document.c.id == result.id, document.c.read_by.is_distinct_from(run_id))
            .values(record=result.model_dump_json(), read_by=run_id)
        )
        return done.rowcount == 1


class TransactionFiles:
    """At most one transaction file a case."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, case_id: str, *, filename: str, sha256: str) -> None:
        """Store that the file arrived."""
        self._connection.execute(
            insert(transaction_file).values(case_id=case_id, filename=filename, sha256=sha256)
        )

    def get(self, case_id: str) -> tuple[str, str] | None:
        """Give file name and sha256; None if no file arrived."""
        row = self._connection.execute(
            select(transaction_file.c.filename, transaction_file.c.sha256).where(
                transaction_file.c.case_id == case_id
            )
        ).one_or_none()
        return None if row is None else (row[0], row[1])

    def parsed(self, case_id: str) -> TransactionSet | None:
        """Give what was read from the file; None before that."""
        text = self._connection.scalar(
            select(transaction_file.c.record).where(transaction_file.c.case_id == case_id)
        )
        return None if text is None else TransactionSet.model_validate_json(text)

    def read(self, case_id: str, result: TransactionSet, run_id: str) -> bool:
        """Keep what a run read; False if that run has handed in a reading before."""
        done = self._connection.execute(
            update(transaction_file)
            .where(
                transaction_file.c.case_id == case_id,
                transaction_file.c.read_by.is_distinct_from(run_id),
            )
            .values(record=result.model_dump_json(), read_by=run_id)
        )
        return done.rowcount == 1


class Findings:
    """Evidence and facts, numbered within the case, and what a run concluded from them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def next_number(self, table: Table, case_id: str) -> int:
        """Give the next free number of `evidence` or `fact` in the case."""
        query = select(func.max(table.c.number)).where(table.c.case_id == case_id)
        return (self._connection.scalar(query) or 0) + 1

    def by_call(self, run_id: str, call_hash: str) -> Evidence | None:
        """Find the evidence of the same tool and parameters in the same run."""
        text = self._connection.scalar(
            select(evidence.c.record).where(
                evidence.c.run_id == run_id, evidence.c.call_hash == call_hash
            )
        )
        return None if text is None else Evidence.model_validate_json(text)

    def add(self, new: Evidence, facts: tuple[Fact, ...], *, call_hash: str) -> None:
        """Store evidence with the facts that rest on it."""
        self._connection.execute(
            insert(evidence).values(
                case_id=new.case_id,
                number=int(new.id.removeprefix("E")),
                run_id=new.run_id,
                call_hash=call_hash,
                content_hash=new.content_hash,
                record=new.model_dump_json(),
            )
        )
        for one in facts:
            self._connection.execute(
                insert(fact).values(
                    case_id=new.case_id,
                    number=int(one.id.removeprefix("F")),
                    run_id=new.run_id,
                    record=one.model_dump_json(),
                )
            )

    def evidence(self, run_id: str) -> tuple[Evidence, ...]:
        """Give a run's evidence in order of recording."""
        query = select(evidence.c.record).where(evidence.c.run_id == run_id)
        found = self._connection.scalars(query.order_by(evidence.c.number))
        return tuple(Evidence.model_validate_json(text) for text in found)

    def facts(self, run_id: str) -> tuple[Fact, ...]:
        """Give a run's facts in order of recording."""
        query = select(fact.c.record).where(fact.c.run_id == run_id).order_by(fact.c.number)
        return tuple(Fact.model_validate_json(text) for text in self._connection.scalars(query))

    def set_profile(self, case_id: str, run_id: str, new: CustomerProfile) -> bool:
        """Keep the profile; False if the run has handed one in before."""
        return self._once(profile, case_id, run_id, new.model_dump_json())

    def profile(self, run_id: str) -> CustomerProfile | None:
        """Give the run's profile."""
        text = self._connection.scalar(select(profile.c.record).where(profile.c.run_id == run_id))
        return None if text is None else CustomerProfile.model_validate_json(text)

    def set_assessment(self, case_id: str, run_id: str, new: Assessment) -> bool:
        """Keep the assessment; False if the run has handed one in before."""
        return self._once(assessment, case_id, run_id, new.model_dump_json())

    def assessment(self, run_id: str) -> Assessment | None:
        """Give the run's assessment."""
        query = select(assessment.c.record).where(assessment.c.run_id == run_id)
        text = self._connection.scalar(query)
        return None if text is None else Assessment.model_validate_json(text)

    def _once(self, table: Table, case_id: str, run_id: str, text: str) -> bool:
        if self._connection.scalar(select(table.c.run_id).where(table.c.run_id == run_id)):
            return False
        self._connection.execute(insert(table).values(run_id=run_id, case_id=case_id, record=text))
        return True


def evidence_root(found: tuple[Evidence, ...]) -> str | None:
    """Hash the ids and content hashes of evidence; None when there is none."""
    if not found:
        return None
    return content_hash([[one.id, one.content_hash] for one in found])
