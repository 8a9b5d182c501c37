"""Suppressions: which one covers a hit now, and that none changed while a case was read."""

from dataclasses import dataclass
from datetime import date

from casegate.errors import VersionConflict
from casegate.model.dossier import Dossier
from casegate.model.evidence import Hit
from casegate.model.screening import Suppression, SuppressionEnd
from casegate.storage import Store, Work


@dataclass(frozen=True)
class StoredSuppressions:
    """Looks suppressions up in the database: the desk's `FindSuppression`."""

    store: Store

    def __call__(self, customer: str, hit: Hit, query_hash: str, *, on: date) -> str:
        """Give the newest suppression in force of exactly this content; empty if there is none."""
        if not (customer and hit.entity_hash and query_hash):
            return ""
        with self.store.read() as work:
            found = work.hits.of_customer(customer, hit.entity_id)
        covering = [
            one.id for one in found if one.query_hash == query_hash and one.is_about(hit, on=on)
        ]
        return covering[-1] if covering else ""


def known_suppressions(
    work: Work, case_id: str, hits: tuple[Hit, ...]
) -> tuple[tuple[Suppression, ...], tuple[SuppressionEnd, ...]]:
    """Give the suppressions made on the case and those that its hits name, with their ends."""
    named = {hit.suppressed for hit in hits if hit.suppressed}
    own = {one.id: one for one in work.hits.suppressions(case_id=case_id)}
    own |= {one.id: one for one in work.hits.named(named)}
    found = tuple(own[id_] for id_ in sorted(own))
    return found, work.hits.ends(own)


def require_same_suppressions(work: Work, read: Dossier) -> None:
    """Refuse to go on when a suppression was ended since `read` was read.

    The end of a suppression changes no case's version, so that the writing transaction asks here.

    Raises:
        VersionConflict: one was ended.
    """
    ids = {one.id for one in read.suppressions}
    if set(work.hits.ends(ids)) != set(read.suppression_ends):
        raise VersionConflict(
            f"a suppression that case {read.case.id} rests on was ended meanwhile"
        )
