"""Addresses, and when two of them are the same place."""

import re
from functools import lru_cache

_PIECES = re.compile(r"[^\W\d_]+|\d+")
_NOISE = frozenset({"no", "nr", "num", "number", "flat", "apt", "apartment", "unit", "the", "of"})
_ALIKE = 85.0
"""Similarity of two spellings of one word, percent (`hauptstr`, `hauptstrasse`)."""


def tidy(address: str) -> str:
    """Write an address on one line."""
    parts = [part.strip(" ,;\t") for part in re.split(r"\n+", address)]
    return re.sub(r"\s+", " ", ", ".join(part for part in parts if part))


def same_place(left: str, right: str) -> bool:
    """Tell whether two addresses agree.

    House numbers and postcodes must be equal; one address may be less complete than the other,
    but each may not say something that the other contradicts.
    """
    numbers_left, words_left = _pieces(left)
    numbers_right, words_right = _pieces(right)
    if not numbers_left & numbers_right:
        return False
    if numbers_left - numbers_right and numbers_right - numbers_left:
        return False
    rest_left, rest_right = _unmatched(words_left, words_right), _unmatched(words_right, words_left)
    shared = len(words_left) - len(rest_left)
    return shared > 0 and (not rest_left or not rest_right)


def _unmatched(words: frozenset[str], others: frozenset[str]) -> set[str]:
    return {word for word in words if not any(_alike(word, other) for other in others)}


def _alike(left: str, right: str) -> bool:
    from rapidfuzz.fuzz import ratio

    if min(len(left), len(right)) < 4:
        return left == right
    longer, shorter = sorted((left, right), key=len, reverse=True)
    # A compound street name that ends in a shortened word for street.
    return ratio(left, right) >= _ALIKE or (len(shorter) >= 6 and longer.startswith(shorter))


@lru_cache(maxsize=2048)
def _pieces(address: str) -> tuple[frozenset[str], frozenset[str]]:
    from rigour.addresses import address_fingerprint

    from tools.documents.values.countries import read_country

    parts = [part.strip() for part in re.split(r"[,\n]", address) if part.strip()]
    if len(parts) > 1 and read_country(parts[-1]) is not None:
        parts = parts[:-1]
    plain = _full_state(" , ".join(parts))
    pieces = _PIECES.findall(address_fingerprint(plain) or "")
    numbers = frozenset(piece.lstrip("0") or "0" for piece in pieces if piece.isdigit())
    words = frozenset(p for p in pieces if not p.isdigit() and p not in _NOISE)
    return numbers, words


def _full_state(address: str) -> str:
    """Write out the two letters of a US state before its postcode."""
    from rigour.territories import get_territory

    def full(match: re.Match[str]) -> str:
        state = get_territory(f"us-{match[1].lower()}")
        return f"{state.name if state else match[1]} {match[2]}"

    return re.sub(r"\b([A-Z]{2})\s+(\d{5}(?:-\d{4})?)\b", full, address)
