"""How much a text looks like the papers of each type: letter groups counted on generated papers.

Titles and labels have more wordings than any list holds, but few stems: `Auszahlungsbetrag` and
`auszuzahlender Betrag` share most of their groups of three to five letters. Weights are data
(`type_weights.npz`), written by `python -m evals.papers.weigh_types` from the split train.

Source: complement naive Bayes, Rennie et al. (2003), Tackling the Poor Assumptions of Naive Bayes
Text Classifiers, ICML, section 4.4.
"""

import re
import zlib
from collections import Counter
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from casegate.model.document import DocumentType
from tools.documents.prose import fold, groups_of

if TYPE_CHECKING:
    import numpy as np

WEIGHTS = Path(__file__).with_name("type_weights.npz")
BUCKETS = 1 << 15
"""Letter groups fall into so many buckets, by CRC-32."""
STEP = 0.05
"""One unit of a stored weight."""
_BEGINNING = 6_000
"""Characters that are looked at: a paper says at its beginning what it is."""
_DIGITS = re.compile(r"\d+")


class TypeWeights:
    """Weights of letter groups by type."""

    def __init__(
        self, types: tuple[DocumentType, ...], weights: "np.ndarray", rarity: "np.ndarray"
    ) -> None:
        self._types, self._weights, self._rarity = types, weights, rarity

    def likeness(self, text: str) -> Mapping[DocumentType, float]:
        """Give each type how alike the text is to its papers; only differences mean something."""
        found = letter_groups(text)
        if not found:
            return dict.fromkeys(self._types, 0.0)
        buckets, values = weighed(found, self._rarity)
        scores = self._weights[:, buckets] @ values * STEP
        return dict(zip(self._types, map(float, scores), strict=True))


@cache
def type_weights() -> TypeWeights:
    """Load the weights, once a process."""
    import numpy as np

    with np.load(WEIGHTS, allow_pickle=False) as file:
        types = tuple(DocumentType(name) for name in file["types"].tolist())
        weights = file["weights"].astype(np.float64)
        return TypeWeights(types, weights, file["rarity"].astype(np.float64))


def letter_groups(text: str) -> Counter[int]:
    """Count the groups of three to five letters of each word, by bucket; digits are alike."""
    counts: Counter[int] = Counter()
    for word in _DIGITS.sub("0", fold(text[:_BEGINNING])).split():
        edged = f" {word} ".encode()
        counts.update(zlib.crc32(group) % BUCKETS for group in groups_of(edged))
    return counts


def weighed(groups: Counter[int], rarity: "np.ndarray") -> "tuple[np.ndarray, np.ndarray]":
    """Give the buckets of a text and what each counts: rare groups more, all together 1 long."""
    import numpy as np

    buckets = np.fromiter(groups, dtype=np.int64)
    counts = np.fromiter(groups.values(), dtype=np.float64)
    values = (1 + np.log(counts)) * rarity[buckets]
    return buckets, values / np.linalg.norm(values)
