"""What hashes cover, so that an approval means exactly what was read."""

from collections.abc import Iterable

from pydantic_core import to_jsonable_python

from casegate.errors import InvalidInput
from casegate.hashing import content_hash
from casegate.model.base import Json
from casegate.model.decision import Decision
from casegate.model.dossier import Dossier
from casegate.model.evidence import Evidence, EvidenceDraft
from casegate.model.fact import Fact
from casegate.model.proposal import Proposal

_EVIDENCE = {
    "tool", "tool_version", "parameters", "source", "coverage", "problem", "content",
}  # fmt: skip


def evidence_content_hash(evidence: Evidence | EvidenceDraft) -> str:
    """Hash what the tool was asked, answered and knew, and which evidence this supersedes."""
    plain = evidence.model_dump(mode="json", include=_EVIDENCE)
    if evidence.supersedes is not None:
        plain["supersedes"] = evidence.supersedes
    return content_hash(plain)


def facts_hash(facts: Iterable[Fact]) -> str:
    """Hash facts in their order; fields at their default are left out."""
    return content_hash([f.model_dump(mode="json", exclude_defaults=True) for f in facts])


def require_json(evidence: EvidenceDraft) -> None:
    """Refuse content that JSON can't carry unchanged.

    Raises:
        InvalidInput: a number is NaN, infinite or beyond 2**53, or a value has no JSON form.
    """
    # Without `constants` a NaN would turn into null without a word.
    try:
        for value in (evidence.content, evidence.parameters):
            content_hash(to_jsonable_python(value, inf_nan_mode="constants"))
    except ValueError as bad:
        raise InvalidInput(
            f"evidence of `{evidence.tool}` is no plain JSON: {type(bad).__name__}"
        ) from None


def call_hash(tool: str, parameters: Json) -> str:
    """Hash what a tool was asked, so that a run records each question once."""
    return content_hash({"tool": tool, "parameters": parameters})


def proposal_hash(proposal: Proposal) -> str:
    """Hash a proposal without its status, its hash, and when and by whom it was made."""
    left_out = {"status", "content_hash", "made_at", "made_by"}
    return content_hash(proposal.model_dump(mode="json", exclude=left_out, exclude_defaults=True))


def evidence_hash(dossier: Dossier) -> str | None:
    """Hash the ids and contents of all evidence, from the contents; None when there is none."""
    if not dossier.evidence:
        return None
    return content_hash([[one.id, evidence_content_hash(one)] for one in dossier.evidence])


def read_hash(dossier: Dossier) -> str:
    """Hash everything in a dossier that a decision rests on."""
    shown = dossier.model_dump(
        mode="json",
        include={
            "bundle",
            "documents",
            "transactions",
            "facts",
            "profile",
            "assessment",
            "hit_reviews",
            "suppressions",
            "suppression_ends",
        },
        exclude_defaults=True,
    )
    shown["evidence"] = evidence_hash(dossier)
    shown["proposal"] = None if dossier.proposal is None else proposal_hash(dossier.proposal)
    return content_hash(shown)


def decision_hash(decision: Decision, dossier: Dossier, *, rules_version: str) -> str:
    """Hash a decision with all that it rests on and the rules that it was checked by."""
    left_out = {"content_hash", "status"}
    own = decision.model_dump(mode="json", exclude=left_out, exclude_defaults=True)
    return content_hash(
        {
            "decision": own,
            "read": read_hash(dossier),
            "evidence_hash": evidence_hash(dossier),
            "rules_version": rules_version,
        }
    )
