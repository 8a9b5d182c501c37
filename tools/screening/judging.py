"""From a scored pair to a hit: what every screener does alike, wherever its scores come from."""

from typing import Literal

from casegate.model.evidence import Hit
from casegate.model.screening import ScreenQuery
from tools.screening.agreement import Comparison, compare_attributes
from tools.screening.entities import ListEntity
from tools.screening.policy import ScreeningPolicy
from tools.screening.scoring import Score
from tools.screening.shown import shown_entry

Band = Literal["likely", "review", "corroborate"]


def judged(
    query: ScreenQuery,
    entity: ListEntity,
    score: Score,
    *,
    list_name: str,
    version: str,
    policy: ScreeningPolicy,
    threshold: float,
) -> Hit | None:
    """Compare the attributes beside the names and place the pair; None if it is no hit."""
    if score.base < min(policy.corroborate, threshold):
        return None
    compared = compare_attributes(query, entity, score, shortest=policy.shortest_identifier)
    band = band_of(score, compared, policy=policy, threshold=threshold)
    if band is None:
        return None
    return Hit(
        party=query.id,
        entity_id=entity.id,
        list=list_name,
        version=version,
        name=entity.caption,
        score=score.score,
        band=band,
        features=score.features,
        agreements=compared.agreements,
        contradictions=compared.contradictions,
        entity_hash=entity.content_hash,
        topics=entity.get("topics"),
        entry=shown_entry(entity),
    )


def band_of(
    score: Score, compared: Comparison, *, policy: ScreeningPolicy, threshold: float
) -> Band | None:
    """Place a pair; whether it is a hit at all depends on nothing that contradicts it.

    Contradictions lower `score.score` and with it the band, so the reviewer sees such a hit
    later; they never take it off the list.
    """
    if score.base >= threshold:
        if score.score >= policy.likely:
            return "likely"
        return "review" if score.score >= threshold else "corroborate"
    corroborated = set(compared.agreements) & set(policy.corroborating)
    return "corroborate" if corroborated else None


def worst_last(hit: Hit) -> tuple[float, int, str]:
    """Give the order in which hits are shown."""
    return -hit.score, -len(hit.agreements), hit.entity_id
