"""The assessment of a case: pure, and the same for the same dossier and day."""

from datetime import date

from agents.assess import activity, identity
from agents.assess.observations import Seen, observe
from agents.assess.policy import AssessPolicy, policy_at
from agents.assess.questions import open_questions
from agents.assess.rating import rate
from agents.assess.recommend import Grounds, recommend
from casegate.model.dossier import Dossier
from casegate.model.proposal import Assessment
from guardrails.numbers import Numbers, numbers_at


def assess(
    dossier: Dossier,
    *,
    at: date,
    policy: AssessPolicy | None = None,
    numbers: Numbers | None = None,
) -> Assessment:
    """Rate, explain, recommend.

    Args:
        dossier: with all evidence gathered.
        at: the day whose policy holds and on which ages are counted.
        policy: the assessment policy; that of `at` by default.
        numbers: the numbers of policy; those of the case's jurisdiction on `at` by default.

    Raises:
        RulesInvalid: a policy file can't be used.
    """
    policy = policy or policy_at(at)
    numbers = numbers or numbers_at(dossier.case.jurisdiction, at)
    found = activity.look_at(dossier, policy)
    papers = identity.look_at(dossier, policy)
    observed = observe(Seen(dossier, at, policy, found, papers))
    rating = rate(observed, policy)
    chosen = recommend(Grounds(dossier, numbers, found, papers, observed, rating.level))
    return Assessment(
        rating=rating.level,
        score=rating.score,
        factors=rating.factors,
        typologies=found.unexplained,
        explained=found.explained,
        recommended=chosen.disposition,
        admissible=policy.admissible[chosen.disposition],
        reason_codes=tuple(reason.value for reason in chosen.reasons),
        open_questions=open_questions(dossier, numbers, found, papers, at=at),
    )
