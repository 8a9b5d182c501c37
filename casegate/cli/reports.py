"""A case as one JSON document: what programs read after a run."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from casegate.desk.kernel import Kernel
    from casegate.model.dossier import Dossier

Row = dict[str, object]


def case_report(parts: "Kernel", bundle: Path, case_id: str) -> Row:
    """Tell what became of a submitted bundle, beside what its `truth.json` expects."""
    dossier = parts.run_desk.dossier(case_id)
    proposal = dossier.proposal
    return {
        "id": case_id,
        "bundle": bundle.name,
        "status": dossier.case.status.value,
        "disposition": None if proposal is None else proposal.disposition.value,
        "expected": _expected(bundle),
        "findings": _findings(dossier),
        "narrative": _narrative(dossier),
        "unsupported_values": 0 if proposal is None else proposal.claims.unsupported_values(),
        "seconds": _seconds(parts, dossier),
        "model": _model(parts, dossier),
        "typologies": sorted({finding.typology for finding in dossier.typology_findings() or ()}),
        "hits": [hit.entity_id for hit in dossier.hits()],
        "method": None if proposal is None else proposal.narrative.method,
        "problems": [problem.model_dump(mode="json") for problem in dossier.problems],
    }


def _expected(bundle: Path) -> str | None:
    truth = bundle / "truth.json"
    if not truth.is_file():
        return None
    return str(json.loads(truth.read_text())["disposition"])


def _findings(dossier: "Dossier") -> list[Row]:
    if dossier.ruling is None:
        return []
    return [finding.model_dump(mode="json") for finding in dossier.ruling.findings]


def _narrative(dossier: "Dossier") -> list[Row]:
    if dossier.proposal is None:
        return []
    return [
        {"text": s.text, "evidence": list(s.evidence), "section": s.section.value}
        for s in dossier.proposal.narrative.sentences
    ]


def _seconds(parts: "Kernel", dossier: "Dossier") -> float:
    """Wall time from the first step to the handing over."""
    if dossier.case.run_id is None:
        return 0.0
    with parts.store.read() as work:
        steps = work.runs.steps(dossier.case.run_id)
    ends = [step.at for step in steps if step.node == "hand_over"]
    if not ends:
        return 0.0
    return round((ends[0] - steps[0].at).total_seconds(), 2)


def _model(parts: "Kernel", dossier: "Dossier") -> Row:
    calls = parts.run_desk.calls(dossier.case.run_id) if dossier.case.run_id else ()
    return {
        "calls": len(calls),
        "prompt_tokens": sum(call.prompt_tokens for call in calls),
        "completion_tokens": sum(call.completion_tokens for call in calls),
        "seconds": round(sum(call.seconds for call in calls), 2),
    }
