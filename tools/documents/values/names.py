"""Names of people and companies, and when two of them are the same."""

import re
from functools import lru_cache
from itertools import product

from tools.documents.values.cyrillic import CYRILLIC

_GERMAN = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa", "æ": "ae", "œ": "oe", "ß": "ss"}
)
_TITLES = frozenset(
    {"mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "sir", "madam", "dame"}
    | {"herr", "frau", "monsieur", "madame", "mme"}
)


def tidy(name: str) -> str:
    """Collapse blanks and drop what stands around a name."""
    return " ".join(name.split()).strip(" ,;:-")


@lru_cache(maxsize=4096)
def tokens(name: str) -> tuple[frozenset[str], ...]:
    """Give the words of a name in each way that it may be written in ASCII."""
    from normality import ascii_text

    lower = name.lower()
    tables = (_GERMAN, *CYRILLIC)
    forms = {ascii_text(lower), *(ascii_text(lower.translate(table)) for table in tables)}
    return tuple(sorted((_words(form) for form in forms), key=sorted))


def _words(form: str) -> frozenset[str]:
    plain = re.sub(r"['\u2019`]", "", form)
    return frozenset(word for word in re.findall(r"[a-z0-9]+", plain) if word not in _TITLES)


def same_person(left: str, right: str) -> bool:
    """Tell whether two names agree: any order and alphabet, a middle name left out or an initial.

    At least two full words must be shared unless both names are equal; another spelling is
    another name, which a person has to look at.
    """
    return any(_agree(a, b) for a, b in product(tokens(left), tokens(right)))


def _agree(left: frozenset[str], right: frozenset[str]) -> bool:
    if left == right:
        return bool(left)
    shared = {word for word in left & right if len(word) > 1}
    if len(shared) < 2:
        return False
    rest_left, rest_right = left - shared, right - shared
    if not rest_left or not rest_right:
        return True
    return _initials(rest_left, rest_right) or _initials(rest_right, rest_left)


def _initials(short: frozenset[str], full: frozenset[str]) -> bool:
    return all(len(word) == 1 and any(f.startswith(word) for f in full) for word in short)


def same_company(left: str, right: str) -> bool:
    """Tell whether two company names agree, legal forms compared by their meaning."""
    from rigour.names import replace_org_types_compare

    def form(name: str) -> frozenset[frozenset[str]]:
        lower = " ".join(name.lower().replace(",", " ").split())
        return frozenset(tokens(replace_org_types_compare(lower)))

    return bool(form(left) & form(right))
