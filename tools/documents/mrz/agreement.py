"""Whether a zone and the printed values of its page say the same."""

from collections.abc import Iterable, Iterator, Sequence

from casegate.model.document import Box, MrzReading, Signal, SignalLevel, Span, TextSource
from tools.documents.found import Found
from tools.documents.mrz.names import same_name
from tools.documents.mrz.outside import Outside, from_print, number_stands, others_standing
from tools.documents.mrz.zone import Part, Zone
from tools.documents.parsed import Parsed
from tools.documents.values.numbers import compact

_COMPARED = ("document_number", "date_of_birth", "expiry_date", "surname", "given_names")


def reading_of(
    zone: Zone, printed: Sequence[Found], parsed: Parsed, outside: Outside
) -> MrzReading:
    """State the zone as it was read, and whether the print agrees.

    `printed` are the values beside labels, `outside` is the text that they were read from.
    """
    boxes: list[Box] = []
    page = None
    for span in zone.spans:
        place = parsed.place(span)
        page = place.page if page is None else page
        boxes += place.boxes
    return MrzReading(
        format=zone.format,
        lines=zone.lines,
        page=page,
        boxes=tuple(boxes),
        checks=zone.checks,
        valid=zone.valid,
        agrees=agrees(zone, printed, outside),
        repaired=zone.repaired,
    )


def agrees(zone: Zone, printed: Sequence[Found], outside: Outside) -> bool | None:
    """Tell whether the printed zone says the same; None where it shows too little.

    True takes the document number and one more of birth, expiry, surname and given names, each
    beside its label or, exactly alike, elsewhere in the print. One labelled value that differs
    makes it False.
    """
    printed = from_print(zone, outside, printed)
    same = dict(_compared(zone, printed))
    if not all(same.values()):
        return False
    if "document_number" not in same and not number_stands(zone, outside, printed):
        return None
    others = {*same, *others_standing(zone, outside)} - {"document_number"}
    return True if others else None


def differing(zone: Zone, printed: Sequence[Found]) -> Iterator[Found]:
    """Give the printed values that the zone contradicts."""
    for value in printed:
        part = zone.parts.get(value.field.name)
        if value.field.name in _COMPARED and part and not _same(value, part, zone):
            yield value


def confirmed(zone: Zone, printed: Sequence[Found]) -> frozenset[str]:
    """Name the fields whose printed value a valid zone repeats without a repaired character."""
    if not zone.valid:
        return frozenset()
    compared = tuple(_compared(zone, printed))
    wrong = {name for name, same in compared if not same}
    return frozenset(name for name, same in compared if same) - wrong - set(zone.repaired)


def _compared(zone: Zone, printed: Sequence[Found]) -> Iterator[tuple[str, bool]]:
    differ = {value.field.name for value in differing(zone, printed)}
    for value in printed:
        name = value.field.name
        if name in _COMPARED and name in zone.parts:
            yield name, name not in differ


def _same(value: Found, part: Part, zone: Zone) -> bool:
    name = value.field.name
    if name.endswith(("_date", "_of_birth")):
        year, month, day = value.normalised.split("-")
        return f"{year[2:]}{month}{day}" == part.raw
    if name == "document_number":
        return compact(value.normalised) == compact(part.raw)
    return same_name(value.normalised, part.normalised, cut=zone.names_cut)


def zone_signals(zone: Zone, printed: Sequence[Found], parsed: Parsed) -> tuple[Signal, ...]:
    """Say where the zone fails its check digits or differs from the printed values.

    From a text layer that is an alarm; a scan may have been misread, so a person looks.
    """
    source = parsed.source_of(zone.spans[0])
    level = SignalLevel.LOOK if source is TextSource.OCR else SignalLevel.ALARM
    page = parsed.place(zone.spans[0]).page
    signals: list[Signal] = []
    wrong = tuple(check.name for check in zone.checks if not check.right)
    if wrong:
        names = ", ".join(name.replace("_", " ") for name in wrong)
        signals.append(
            Signal(
                kind="mrz_invalid",
                message=f"Check digits of the machine readable zone are wrong: {names}.",
                page=page,
                level=level,
                boxes=_boxes(zone.spans, parsed),
                fields=wrong,
            )
        )
    for value in differing(zone, printed):
        part = zone.parts[value.field.name]
        spans = Span(start=value.start, end=value.end), Span(start=part.start, end=part.end)
        name = value.field.name.replace("_", " ")
        signals.append(
            Signal(
                kind="mrz_disagrees",
                message=f"The machine readable zone differs from the printed {name}.",
                page=page,
                level=level,
                boxes=_boxes(spans, parsed),
                fields=(value.field.name,),
            )
        )
    return tuple(signals)


def _boxes(spans: Iterable[Span], parsed: Parsed) -> tuple[Box, ...]:
    return tuple(box for span in spans for box in parsed.place(span).boxes)
