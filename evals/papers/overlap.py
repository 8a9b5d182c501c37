"""How much the holdout's wordings of labels coincide with those of train and tune.

    .venv/bin/python -m evals.papers.overlap

Names, places, issuers, sentences, arrangements and heads of the holdout are its own, which
`tests/papers` proves. Labels are what papers print, written without regard to the others', so they
may coincide; this counts how often, and shows no word.
"""

import sys
from collections.abc import Iterable
from dataclasses import dataclass

from evals.papers import pools
from evals.papers.pools import LANGUAGES, options, table


@dataclass(frozen=True)
class Overlap:
    """How many wordings of the holdout train and tune have for the same value too."""

    shared: int
    total: int
    likely: float
    """The share that counts a wording by how often a paper prints it."""

    @property
    def share(self) -> float:
        """From 0 to 1."""
        return self.shared / self.total


def of_language(language: str) -> Overlap:
    """Count the labels that papers of a language share."""
    held = table(f"labels_{language}", True)
    return _counted((options(line), _seen(language, concept, "")) for concept, line in held.items())


def of_country(code: str) -> Overlap | None:
    """Count the labels of a country that has words of its own."""
    language = str(table("countries")[code]["language"])
    held = table("country_words", True).get(code, {}).get("labels", {})
    pairs = [(options(line), _seen(language, concept, code)) for concept, line in held.items()]
    return _counted(pairs) if pairs else None


def of_all() -> Overlap:
    """Count the labels of all languages and countries."""
    found = [of_language(language) for language in LANGUAGES]
    found += [one for code in table("countries") if (one := of_country(code))]
    total = sum(one.total for one in found)
    likely = sum(one.likely * one.total for one in found) / total
    return Overlap(sum(one.shared for one in found), total, likely)


def _seen(language: str, concept: str, code: str) -> set[str]:
    words = options(table(f"labels_{language}")[concept])
    own = pools.country_words(code, "labels", concept, False)
    return {word.casefold() for word in (*words, *own)}


def _counted(pairs: Iterable[tuple[tuple[str, ...], set[str]]]) -> Overlap:
    shared = total = concepts = 0
    likely = 0.0
    for words, seen in pairs:
        weights = pools.weights(len(words))
        same = [word.casefold() in seen for word in words]
        shared, total, concepts = shared + sum(same), total + len(words), concepts + 1
        likely += sum(w for w, s in zip(weights, same, strict=True) if s) / sum(weights)
    return Overlap(shared, total, likely / concepts)


def main() -> None:
    """Print the shares."""
    sys.stdout.write("of            wordings  shared  share  by frequency\n")
    rows = {language: of_language(language) for language in LANGUAGES}
    rows |= {code: one for code in table("countries") if (one := of_country(code))}
    for name, one in {**rows, "all": of_all()}.items():
        line = f"{name:<12}{one.total:>10}{one.shared:>8}{one.share:>7.0%}{one.likely:>14.0%}\n"
        sys.stdout.write(line)


if __name__ == "__main__":
    main()
