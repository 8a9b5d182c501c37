"""Whether a printed name is the one that a zone writes in its own letters."""

import re

from tools.documents.values.names import same_person

_LEAST_CUT = 8
"""Letters that a name cut off by the end of its line must share with the printed one."""


def same_name(printed: str, read: str, *, cut: bool) -> bool:
    """Tell whether a printed name and the zone's agree; `cut` allows the zone's to end early."""
    if same_person(printed, read):
        return True
    if _joined(printed) == _joined(read):
        return True
    start = _joined(read)
    return cut and len(start) >= _LEAST_CUT and _joined(printed).startswith(start)


def _joined(name: str) -> str:
    from normality import ascii_text

    return re.sub(r"[^a-z]", "", ascii_text(name.lower()))
