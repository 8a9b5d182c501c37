"""Measure the claim gate: false drafts caught by type, faithful drafts held, time.

    python -m tests.bench.claim_gate [--per-type 100] [--seed 1] [--json FILE]

Every number comes with its n and a 95 % Wilson interval. A value mutation counts as caught when its
own sentence is contradicted or unsupported, so that the draft is held. Negations count as caught
when the sentence is no longer supported; the share that is held outright is printed beside it. The
baseline is the check that peers make: every value of the sentence occurs somewhere in the records.
"""

import argparse
import json
import math
import statistics
import sys
import time
from collections.abc import Iterable
from pathlib import Path

from casegate.model.dossier import Dossier
from casegate.model.narrative import ClaimReport, ClaimVerdict, OutputKind, Sentence, SentenceText
from guardrails.claims import FactClaimGate, load_claim_gate
from guardrails.claims.finder import Finder
from guardrails.claims.records import Records
from guardrails.claims.words import load_vocabulary
from guardrails.text import clean
from tests.bench._claim_cases import make_case, make_draft
from tests.bench._claim_free import FreeWording, faithful_sentences, mutated_sentences, remarks
from tests.bench._claim_mutations import MAKERS, Mutator

BAD = {ClaimVerdict.UNSUPPORTED, ClaimVerdict.CONTRADICTED}


def _tell(line: str) -> None:
    sys.stderr.write(line + "\n")


def wilson(hits: int, n: int) -> tuple[float, float]:
    """Give the 95 % Wilson interval of a share."""
    if not n:
        return 0.0, 1.0
    z, p = 1.96, hits / n
    middle = p + z * z / (2 * n)
    half = z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    low, high = (middle - half) / (1 + z * z / n), (middle + half) / (1 + z * z / n)
    return max(0.0, low), min(1.0, high)


def texts(sentences: Iterable[Sentence]) -> list[SentenceText]:
    """Strip sentences to what the gate may see."""
    return [SentenceText(text=s.text, evidence=s.evidence, section=s.section) for s in sentences]


class Membership:
    """The baseline: a sentence passes if each of its values occurs somewhere."""

    def __init__(self) -> None:
        self._find = Finder(load_vocabulary())

    def catches(self, dossier: Dossier, text: str) -> bool:
        """Tell whether the baseline would object."""
        records = Records(dossier)
        found = self._find(clean(text).text, records, month_first=True)
        return any(
            not records.find(m) and not any(records.knows(r) for r in m.readings)
            for m in found.mentions
            if m.kind.value != "citation"
        )


def row(caught: int, n: int, **more: float | int) -> dict[str, float | int]:
    """Make one line of the result."""
    low, high = wilson(caught, n)
    return {"n": n, "caught": caught, "rate": caught / n if n else 0.0, "low": low, "high": high,
            **more}  # fmt: skip


def measure_mutants(gate: FactClaimGate, per_type: int, seed: int) -> dict[str, dict[str, float]]:
    """Measure every type of mutation on sentences of known patterns."""
    baseline, results = Membership(), {}
    for kind in MAKERS:
        n = caught = held = simple = 0
        number = seed * 100_000
        while n < per_type:
            number += 1
            dossier = make_case(number)
            mutator = Mutator(dossier, make_draft(dossier, number), number)
            mutant = mutator.make(kind)
            if mutant is None:
                continue
            n += 1
            given = texts(mutant.sentences)
            if mutant.evidence is not None:
                given[mutant.at] = given[mutant.at].model_copy(update={"evidence": mutant.evidence})
            report = gate(dossier, given, mutator.draft.output)
            verdict = report.sentences[mutant.at].verdict
            held += verdict in BAD
            caught += (
                verdict is not ClaimVerdict.SUPPORTED if kind == "negation" else verdict in BAD
            )
            simple += baseline.catches(dossier, given[mutant.at].text)
            if verdict is ClaimVerdict.SUPPORTED or (kind != "negation" and verdict not in BAD):
                _tell(f"  missed {kind}: {given[mutant.at].text}")
        results[kind] = row(caught, n, held=held, membership=simple / n)
    return results


def measure_faithful(gate: FactClaimGate, drafts: int, seed: int) -> dict[str, float | int]:
    """Count faithful drafts that a claim or content check holds, and sentences not supported."""
    held = sentences = unsure = 0
    for number in range(seed * 100_000, seed * 100_000 + drafts):
        dossier = make_case(number)
        draft = make_draft(dossier, number)
        report = gate(dossier, texts(draft.sentences), draft.output)
        held += report.held
        sentences += len(report.sentences)
        unsure += sum(s.verdict is not ClaimVerdict.SUPPORTED for s in report.sentences)
        if report.held:
            _tell(f"  held {number}: {_why(report)}")
    low, high = wilson(held, drafts)
    return {"drafts": drafts, "held": held, "rate": held / drafts, "low": low, "high": high,
            "sentences": sentences, "sentences_not_supported": unsure}  # fmt: skip


def _why(report: ClaimReport) -> str:
    bad = [s.text for s in report.sentences if s.verdict in BAD]
    return "; ".join([*bad, *(f.message for f in report.rubric if f.fatal)])[:300]


def measure_free(
    gate: FactClaimGate, wording: FreeWording, cases: int, seed: int
) -> dict[str, object]:
    """Measure free wording: faithful sentences held, and mutants of the same caught, by type."""
    counts = dict.fromkeys(("n", "held", "supported", "tick"), 0)
    types: dict[str, list[ClaimVerdict]] = {}
    for number in range(seed * 100_000, seed * 100_000 + cases):
        dossier = make_case(number)
        given = list(faithful_sentences(wording, dossier, number))
        for text, verdict in zip(given, _verdicts(gate, dossier, given), strict=True):
            counts["n"] += 1
            counts["held"] += verdict in BAD
            counts["supported"] += verdict is ClaimVerdict.SUPPORTED
            counts["tick"] += verdict is ClaimVerdict.NOT_CHECKABLE
            if verdict in BAD:
                _tell(f"  held {wording.value}: {text}")
        false = list(mutated_sentences(wording, dossier, number))
        verdicts = _verdicts(gate, dossier, [text for _, text in false])
        for (kind, text), verdict in zip(false, verdicts, strict=True):
            types.setdefault(kind, []).append(verdict)
            if verdict not in BAD:
                _tell(f"  missed {wording.value} {kind} {verdict.value}: {text}")
    low, high = wilson(counts["held"], counts["n"])
    return {
        "faithful": {**counts, "rate": counts["held"] / counts["n"], "low": low, "high": high},
        "mutants": {
            kind: row(
                sum(v in BAD for v in found),
                len(found),
                supported=sum(v is ClaimVerdict.SUPPORTED for v in found),
            )
            for kind, found in sorted(types.items())
        },
    }


def measure_remarks(gate: FactClaimGate) -> dict[str, int]:
    """Count remarks without a value that are held, or pass as supported. Both should be none."""
    verdicts = _verdicts(gate, make_case(1), remarks())
    return {
        "n": len(verdicts),
        "held": sum(v in BAD for v in verdicts),
        "supported": sum(v is ClaimVerdict.SUPPORTED for v in verdicts),
    }


def _verdicts(gate: FactClaimGate, dossier: Dossier, given: list[str]) -> list[ClaimVerdict]:
    """Check sentences one by one, in texts short enough to be read."""
    found: list[ClaimVerdict] = []
    for at in range(0, len(given), 100):
        part = [SentenceText(text=text) for text in given[at : at + 100]]
        report = gate(dossier, part, OutputKind.SAR_NARRATIVE)
        found += [sentence.verdict for sentence in report.sentences]
    return found


def measure_time(gate: FactClaimGate, rounds: int) -> dict[str, dict[str, float]]:
    """Time the check of about 10,000 characters, of pattern sentences and of free ones."""
    dossier = make_case(7)
    pattern = [s.text for n in range(4) for s in make_draft(dossier, 4 * n).sentences]
    free = [t for n in range(60) for t in faithful_sentences(FreeWording.DEVELOPMENT, dossier, n)]
    return {
        "pattern sentences": _timed(gate, dossier, pattern, rounds),
        "free sentences": _timed(gate, dossier, free, rounds),
    }


def _timed(gate: FactClaimGate, dossier: Dossier, pool: list[str], rounds: int) -> dict[str, float]:
    given: list[SentenceText] = []
    while sum(len(s.text) for s in given) < 10_000:
        given.append(SentenceText(text=pool[len(given) % len(pool)]))
    wall, busy = [], []
    for _ in range(rounds):
        start, cpu = time.perf_counter(), time.process_time()
        gate(dossier, given, OutputKind.SAR_NARRATIVE)
        wall.append(1000 * (time.perf_counter() - start))
        busy.append(1000 * (time.process_time() - cpu))
    late = int(0.95 * (rounds - 1))
    return {
        "characters": sum(len(s.text) for s in given), "sentences": len(given), "rounds": rounds,
        "median_ms": statistics.median(wall), "p95_ms": sorted(wall)[late],
        "cpu_median_ms": statistics.median(busy), "cpu_p95_ms": sorted(busy)[late],
    }  # fmt: skip


def main() -> None:
    """Run everything and print it."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("--per-type", type=int, default=100)
    parser.add_argument("--drafts", type=int, default=200)
    parser.add_argument("--free-cases", type=int, default=8)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args()
    gate = load_claim_gate()
    sets = [FreeWording.DEVELOPMENT, FreeWording.SEEN, FreeWording.HELD_OUT]
    result: dict[str, object] = {
        "time": measure_time(gate, 60),
        "faithful_drafts": measure_faithful(gate, asked.drafts, asked.seed + 50),
        "mutants": measure_mutants(gate, asked.per_type, asked.seed),
        "remarks": measure_remarks(gate),
        "free_wording": {
            wording.value: measure_free(gate, wording, asked.free_cases, asked.seed)
            for wording in sets
        },
    }
    sys.stdout.write(json.dumps(result, indent=1) + "\n")
    if asked.json:
        asked.json.write_text(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
