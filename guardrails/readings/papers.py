"""Facts about the documents of a case. A document that a person rejected counts nowhere."""

from collections.abc import Iterator

from casegate.model.document import (
    Band,
    Document,
    DocumentAnswer,
    DocumentType,
    DocumentVerdict,
    Engine,
    SignalLevel,
)
from guardrails.readings.view import View

_SETTLED = frozenset({DocumentAnswer.ACCEPT, DocumentAnswer.REJECT})
_GONE = frozenset({DocumentAnswer.REJECT, DocumentAnswer.REPLACED})


def _counted(view: View) -> Iterator[Document]:
    return (d for d in view.dossier.documents if d.answer not in _GONE)


def _open(view: View) -> Iterator[Document]:
    return (d for d in view.dossier.documents if d.answer not in _SETTLED | _GONE)


def unread_documents(view: View) -> tuple[str, ...]:
    """Ids of documents whose reading did not end in `parsed` and that no person settled."""
    return tuple(d.id for d in _open(view) if d.verdict is not DocumentVerdict.PARSED)


def missing_values(view: View) -> tuple[str, ...]:
    """Required values that no one read or gave, such as `d-1.expiry_date`."""
    return tuple(f"{d.id}.{name}" for d in _counted(view) for name in d.missing)


def alarming_documents(view: View) -> tuple[str, ...]:
    """Ids of documents with an alarming signal that no person accepted or rejected.

    A better copy settles no alarm: a false paper stays one when an honest one follows it.
    """
    unsettled = (d for d in view.dossier.documents if d.answer not in _SETTLED)
    return tuple(d.id for d in unsettled if any(s.level is SignalLevel.ALARM for s in d.signals))


def requested_documents(view: View) -> tuple[str, ...]:
    """Ids of documents that a person asked for again."""
    asked = DocumentAnswer.ASK_AGAIN
    return tuple(d.id for d in view.dossier.documents if d.answer is asked)


def unready_zones(view: View) -> tuple[str, ...]:
    """Ids of unsettled passports without, and other papers with, a zone no gate may rest on.

    A zone counts when its check digits are right, the print agrees and no character was repaired.
    """
    return tuple(
        d.id
        for d in _open(view)
        if d.verdict is DocumentVerdict.PARSED
        and not (d.mrz.gate_ready if d.mrz else d.type is not DocumentType.PASSPORT)
    )


def values_to_check(view: View) -> tuple[str, ...] | None:
    """Decision-bearing values in band `check` that no person confirmed, such as `d-1.name`."""
    return _in_band(view, Band.CHECK)


def unusable_values(view: View) -> tuple[str, ...] | None:
    """Decision-bearing values in band `re_request` that no person confirmed."""
    return _in_band(view, Band.RE_REQUEST)


def _in_band(view: View, band: Band) -> tuple[str, ...] | None:
    bearing = view.numbers.names("decision_bearing_fields")
    if bearing is None:
        return None
    found = (
        f"{d.id}.{field.name}"
        for d in _open(view)
        for field in d.fields
        if field.name in bearing and field.band is band and field.engine is not Engine.PERSON
    )
    # The owners of a company have one field each by the same name.
    return tuple(dict.fromkeys(found))
