"""Values that a check has thrown doubt on are for a person to look at, however they were read."""

from collections.abc import Sequence

from casegate.model.document import Band, Box, Field, Signal, SignalLevel


def doubted(fields: Sequence[Field], signals: Sequence[Signal]) -> tuple[Field, ...]:
    """Take out of band `use` every value that an alarm names or lies on."""
    alarms = [signal for signal in signals if signal.level is SignalLevel.ALARM]
    return tuple(
        field.model_copy(update={"band": Band.CHECK})
        if field.band is Band.USE and any(_concerns(alarm, field) for alarm in alarms)
        else field
        for field in fields
    )


def _concerns(alarm: Signal, field: Field) -> bool:
    if field.name in alarm.fields:
        return True
    near = field.page == alarm.page
    return near and any(_meet(one, other) for one in alarm.boxes for other in field.boxes)


def _meet(left: Box, right: Box) -> bool:
    return min(left.x1, right.x1) > max(left.x0, right.x0) and min(left.y1, right.y1) > max(
        left.y0, right.y0
    )
