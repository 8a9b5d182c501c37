"""Who owns and controls a company, and whom listed owners block: exact, with every chain.

Beneficial ownership multiplies the links of a chain and adds up the chains. The rule on blocked
property cascades instead: `casegate.ownership.blocking`.
"""

from collections.abc import Iterable
from fractions import Fraction

from casegate.model.base import Json, Problem
from casegate.model.bundle import CaseBundle
from casegate.model.dossier import Dossier
from casegate.model.evidence import (
    BlockedParty,
    BlockingRule,
    CaseSource,
    CompanyOwnership,
    Coverage,
    EffectiveShare,
    EvidenceKind,
    OwnershipContent,
    OwnershipFinding,
)
from casegate.model.fact import FactDraft, RoleType, RoleValue
from casegate.model.party import PartySchema
from casegate.ownership.blocking import blocked_parties
from casegate.ownership.chains import chains
from casegate.ownership.graph import Graph
from casegate.ownership.listed import listed_parties, screened_on
from casegate.ownership.percent import percent
from casegate.ownership.shares import Held, effective_shares
from tools import roles
from tools.base import ToolOutcome
from tools.customer import bundle_source
from tools.ownership_policy import OwnershipPolicy, ThresholdVersion
from tools.parameters import NO_PARAMETERS, take_none

_COMPANIES = frozenset({PartySchema.COMPANY, PartySchema.LEGAL_ENTITY})
_NOT_UNDERSTOOD = frozenset({"unknown_share", "impossible_share", "sum_over_100", "cycle", "gap"})


class OwnershipTool:
    """Owners and control persons of the companies that the case is about, and blocked property.

    The content is an `OwnershipContent`. A structure that isn't understood (unknown or impossible
    shares, sums over 100 percent, a cycle, too large a gap) is of degraded coverage. Runs after the
    screening, whose hits say who is listed.
    """

    name = "ownership"
    version = "2"
    description = "Compute who owns and controls the companies of the case, and who is blocked."
    parameters = NO_PARAMETERS

    def __init__(self, *, policy: OwnershipPolicy) -> None:
        self._policy = policy

    def __call__(self, dossier: Dossier, parameters: Json) -> ToolOutcome:
        """Read the ownership edges of the bundle."""
        take_none(parameters)
        bundle = dossier.bundle
        companies = [p.id for p in dossier.subjects() if p.schema_ in _COMPANIES]
        if not companies and not bundle.ownership:
            return ToolOutcome(
                kind=EvidenceKind.OWNERSHIP,
                title="Ownership: the case is about no company",
                source=bundle_source(bundle),
                content=OwnershipContent(companies=()).model_dump(mode="json"),
            )
        day = bundle.opened_at.date()
        found = self._policy.in_force(bundle.jurisdiction, day)
        blocking = self._policy.blocking_in_force(bundle.jurisdiction, day)
        if found is None or blocking is None:
            return _no_policy(bundle)
        name, version = found
        graph = Graph.of(bundle)
        content = OwnershipContent(
            companies=tuple(company_ownership(graph, c, version) for c in companies),
            policy=name,
            threshold_percent=version.threshold_percent,
            threshold_inclusive=version.inclusive,
            source=version.source,
            blocking=blocking,
            blocked=_blocked(dossier, blocking),
        )
        return _outcome(dossier, content)


def _blocked(dossier: Dossier, rule: BlockingRule) -> tuple[BlockedParty, ...] | None:
    day = screened_on(dossier)
    listed = None if day is None else listed_parties(dossier, at=day)
    return None if listed is None else blocked_parties(dossier.bundle, listed, rule)


def company_ownership(graph: Graph, company: str, version: ThresholdVersion) -> CompanyOwnership:
    """Compute owners, control, chains and findings of one company."""
    circle = graph.cycle(company)
    held = effective_shares(graph, company)
    persons = sum((h.share for p, h in (held or {}).items() if p in graph.persons), Fraction(0))
    findings = [*_edge_findings(graph, company)]
    if circle:
        findings.append(_finding("cycle", company, circle, _circle(solved=held is not None)))
    if held is not None and 1 - persons > Fraction(version.gap_percent) / 100:
        gap = f"{percent(1 - persons)} percent lead to no natural person"
        findings.append(_finding("gap", company, (), gap))
    control = graph.controls(company)
    if not control:
        findings.append(_finding("no_control_person", company, (), "no natural person in control"))
    ordered = sorted((held or {}).items(), key=lambda item: (-item[1].share, item[0]))
    shown = chains(graph, company)
    return CompanyOwnership(
        company=company,
        owners=tuple(_share(graph, party, share, version) for party, share in ordered),
        natural_persons_percent=percent(persons),
        control=control,
        findings=tuple(findings),
        paths=shown.paths,
        paths_cut=shown.cut,
    )


def _circle(*, solved: bool) -> str:
    told = "shares are counted with all rounds" if solved else "their shares have no single answer"
    return f"companies hold shares of each other; {told}"


def _edge_findings(graph: Graph, company: str) -> Iterable[OwnershipFinding]:
    for current in graph.above(company):
        shares = graph.holders.get(current, {})
        unknown = tuple(sorted(p for p, share in shares.items() if share is None))
        if unknown:
            yield _finding("unknown_share", current, unknown, "nobody knows these shares")
        known = {p: share for p, share in shares.items() if share is not None}
        odd = tuple(sorted(p for p, share in known.items() if not 0 <= share <= 1))
        if odd:
            yield _finding("impossible_share", current, odd, "a share is below 0 or above 100")
        total = sum(known.values(), Fraction(0))
        if total > 1:
            message = f"the shares add up to {percent(total)} percent"
            yield _finding("sum_over_100", current, tuple(sorted(known)), message)


def _finding(kind: str, company: str, parties: Iterable[str], message: str) -> OwnershipFinding:
    return OwnershipFinding.model_validate(
        {"kind": kind, "company": company, "parties": tuple(parties), "message": message}
    )


def _share(graph: Graph, party: str, held: Held, version: ThresholdVersion) -> EffectiveShare:
    person = party in graph.persons
    return EffectiveShare(
        party=party,
        percent=percent(held.share),
        fraction=str(held.share),
        natural_person=person,
        beneficial_owner=person and version.reached(held.share),
        lower_bound=held.open,
    )


def _outcome(dossier: Dossier, content: OwnershipContent) -> ToolOutcome:
    owners = [s for c in content.companies for s in c.owners if s.beneficial_owner]
    open_points = [f for c in content.companies for f in c.findings if f.kind in _NOT_UNDERSTOOD]
    problem = None
    if open_points:
        kinds = ", ".join(dict.fromkeys(f"{f.kind} at {f.company}" for f in open_points))
        problem = Problem(
            code="ownership_not_understood",
            message=f"the ownership structure has open points: {kinds}",
            remedy="Ask for the missing shares or an explanation of the structure.",
            where="ownership",
        )
    return ToolOutcome(
        kind=EvidenceKind.OWNERSHIP,
        title=_title(content, len(owners), len(open_points)),
        source=bundle_source(dossier.bundle),
        content=content.model_dump(mode="json"),
        coverage=Coverage.DEGRADED if problem else Coverage.COMPLETE,
        problem=problem,
        facts=tuple(_facts(dossier, content)),
    )


def _title(content: OwnershipContent, owners: int, open_points: int) -> str:
    told = [
        f"{owners} beneficial {'owner' if owners == 1 else 'owners'}",
        f"{open_points} open {'point' if open_points == 1 else 'points'}",
    ]
    if content.blocked:
        number = len(content.blocked)
        parties = "party" if number == 1 else "parties"
        told.insert(0, f"{number} {parties} blocked by ownership, or possibly so")
    return f"Ownership: {', '.join(told)}"


def _facts(dossier: Dossier, content: OwnershipContent) -> Iterable[FactDraft]:
    for company in content.companies:
        about = roles.party(dossier.party(company.company))
        for owner in company.owners:
            if owner.percent > 0:
                share = RoleValue(type=RoleType.PERCENT, value=roles.plain(owner.percent))
                yield roles.fact(
                    "owner",
                    {
                        "party": roles.party(dossier.party(owner.party)),
                        "share": share,
                        "company": about,
                    },
                    required=owner.beneficial_owner,
                )
        for person in company.control:
            yield roles.fact(
                "control",
                {"party": roles.party(dossier.party(person)), "company": about},
                required=True,
            )


def _no_policy(bundle: CaseBundle) -> ToolOutcome:
    return ToolOutcome(
        kind=EvidenceKind.OWNERSHIP,
        title="Ownership could not be looked at",
        source=CaseSource(),
        content={},
        coverage=Coverage.UNAVAILABLE,
        problem=Problem(
            code="policy_missing",
            message=f"no ownership threshold for {bundle.jurisdiction} on "
            f"{bundle.opened_at.date()}",
            remedy="Add a version to ownership_policy.yaml.",
            where="ownership",
        ),
    )
