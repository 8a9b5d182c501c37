"""From facts to narratives: complete, bound, in order, bounded."""

import random
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casegate.errors import InvalidInput, ModelOutputInvalid
from casegate.model.fact import Fact
from casegate.model.narrative import Narrative, OutputKind, Plan, PlannedSentence, Section
from casegate.narrative.format import show_role, style_of
from casegate.narrative.limits import load_limits
from casegate.narrative.plan import planned_sentence
from casegate.narrative.render import (
    candidates,
    complete,
    missing_required,
    plan_schema,
    read_plan,
    render,
    templated,
)
from tests.narrative.example_facts import EXAMPLES, FactList, structuring_pass_through

SAR = OutputKind.SAR_NARRATIVE
CASES = [pytest.param(make, output, id=name) for name, (make, output) in EXAMPLES.items()]


def bindings_are_exact(narrative: Narrative, facts: tuple[Fact, ...]) -> bool:
    by_id = {f.id: f for f in facts}
    style = style_of(narrative.output)
    return all(
        sentence.text[b.start : b.end].casefold()
        == show_role(b.role, by_id[b.fact].roles[b.role], style).casefold()
        for sentence in narrative.sentences
        for b in sentence.bindings
    )


def many_rows(count: int) -> tuple[Fact, ...]:
    facts = FactList()
    for n in range(count):
        day = date(2026, 1, 1) + timedelta((n * 37) % 200)
        facts.add("credit", "E1", txn=f"T{n}", account="4471-8820-19", amount=f"{1000 + n}.00",
                  date=day.isoformat(), channel="cash", place="Harbour Street")  # fmt: skip
    return tuple(facts.facts)


@pytest.mark.parametrize(("make", "output"), CASES)
def test_every_example_gives_a_complete_narrative_without_a_model(make, output) -> None:  # type: ignore[no-untyped-def]
    facts = make()
    narrative = templated(facts, output)
    assert narrative.method == "templated"
    assert [s.section for s in narrative.sentences] == sorted(
        (s.section for s in narrative.sentences), key=list(Section).index
    )
    assert {s.section for s in narrative.sentences} == set(Section)
    told = {f for s in narrative.sentences for f in s.facts}
    assert told == {f.id for f in facts}


@pytest.mark.parametrize(("make", "output"), CASES)
def test_every_value_of_a_narrative_is_bound_to_its_exact_characters(make, output) -> None:  # type: ignore[no-untyped-def]
    facts = make()
    assert bindings_are_exact(templated(facts, output), facts)


@pytest.mark.parametrize(("make", "output"), CASES)
def test_every_sentence_with_facts_cites_what_they_rest_on(make, output) -> None:  # type: ignore[no-untyped-def]
    facts = {f.id: f for f in make()}
    for sentence in templated(tuple(facts.values()), output).sentences:
        assert set(sentence.evidence) == {e for i in sentence.facts for e in facts[i].evidence}


def test_a_report_answers_who_what_when_where_why_and_how() -> None:
    text = templated(structuring_pass_through(), SAR).text
    for part in ("Marta Velde", "florist", "4471-8820-19", "$47,300.00", "March 4, 2026",
                 "March 11, 2026", "Harbour Street", "Market Square", "Estonia", "Baltic Trade OU",
                 "A reason for this report", "The method was", "declared", "March 20, 2026",
                 "Supporting documentation"):  # fmt: skip
        assert part in text, part


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_any_choice_of_the_offered_sentences_renders_true_bound_and_once(
    data: st.DataObject,
) -> None:
    facts = structuring_pass_through()
    offered = candidates(facts, SAR)
    chosen = data.draw(st.lists(st.sampled_from(offered), max_size=40))
    joins = data.draw(
        st.lists(st.sampled_from(["", "also", "then", "however"]), min_size=len(chosen),
                 max_size=len(chosen))
    )  # fmt: skip
    plan = Plan(sentences=tuple(planned_sentence(c, j) for c, j in zip(chosen, joins, strict=True)))
    narrative = render(plan, facts, SAR)
    assert bindings_are_exact(narrative, facts)
    assert len({s.text for s in narrative.sentences}) == len(narrative.sentences)
    finished = complete(plan, facts, SAR)
    assert missing_required(finished, facts, SAR) == ()
    assert {s.pattern for s in plan.sentences} <= {s.pattern for s in finished.sentences}


def test_single_transactions_are_told_by_day_whatever_the_plan_says() -> None:
    facts = structuring_pass_through()
    rows = [c for c in candidates(facts, SAR) if c.is_row]
    random.Random(3).shuffle(rows)  # noqa: S311
    narrative = render(Plan(sentences=tuple(map(planned_sentence, rows))), facts, SAR)
    by_id = {f.id: f for f in facts}
    days = [by_id[s.facts[0]].roles["date"].value for s in narrative.sentences]
    assert days == sorted(days)


def test_then_is_left_out_where_time_runs_back() -> None:
    facts = structuring_pass_through()
    by_pattern = {c.pattern.id: c for c in candidates(facts, SAR)}
    transfers, deposits = by_pattern["transfers_to.country_day"], by_pattern["structuring.total"]
    back = Plan(sentences=(planned_sentence(transfers), planned_sentence(deposits, "then")))
    forth = Plan(sentences=(planned_sentence(deposits), planned_sentence(transfers, "then")))
    assert "Then" not in render(back, facts, SAR).text
    assert "Then, 2 transfers" in render(forth, facts, SAR).text


def test_a_join_lowers_a_word_of_the_pattern_but_never_a_name() -> None:
    facts = structuring_pass_through()
    by_pattern = {c.pattern.id: c for c in candidates(facts, SAR)}
    lines = (
        planned_sentence(by_pattern["structuring.range"]),
        planned_sentence(by_pattern["structuring.total"], "also"),
        planned_sentence(by_pattern["structuring.places"], "however"),
    )
    texts = [s.text for s in render(Plan(sentences=lines), facts, SAR).sentences]
    assert texts[1].startswith("Also, Marta Velde made")
    assert texts[2].startswith("However, the method was")


@pytest.mark.parametrize(("rows", "told"), [(3, 3), (10, 10), (11, 9), (30, 24), (200, 40)])
def test_the_number_of_single_transactions_is_bounded(rows: int, told: int) -> None:
    assert load_limits().rows_wanted(rows) == told
    sentences = templated(many_rows(rows), SAR).sentences
    assert sum(s.pattern == "credit.cash_place" for s in sentences) == told


def test_many_single_transactions_are_placed_by_code_and_not_offered() -> None:
    offered = candidates(many_rows(30), SAR)
    assert not any(c.is_row for c in offered)
    plan = complete(Plan(sentences=()), many_rows(30), SAR)
    assert sum(s.pattern == "credit.cash_place" for s in plan.sentences) == 24


def test_of_many_transactions_the_first_the_last_and_every_place_are_told() -> None:
    facts = FactList()
    for n in range(20):
        facts.add("credit", "E1", txn=f"T{n}", account="4471-8820-19", amount=f"{9000 - n}.00",
                  date=f"2026-03-{n + 1:02d}", channel="cash", place="Harbour Street")  # fmt: skip
    facts.add("credit", "E1", txn="T99", account="4471-8820-19", amount="1.00", date="2026-03-09",
              channel="cash", place="Elm Road")  # fmt: skip
    text = templated(tuple(facts.facts), SAR).text
    assert "Elm Road" in text
    assert "March 1, 2026" in text
    assert "March 20, 2026" in text


def test_the_schema_of_a_plan_names_only_this_cases_sentences() -> None:
    offered = candidates(structuring_pass_through(), SAR)
    schema = plan_schema(offered)
    named = [
        item
        for section in schema["properties"].values()
        for item in section["items"]["enum"]
        if item.startswith("S")
    ]
    assert sorted(named) == sorted(c.id for c in offered)
    assert schema["additionalProperties"] is False


def test_a_plan_is_read_with_its_joins_and_each_sentence_once() -> None:
    offered = candidates(structuring_pass_through(), SAR)
    body = [c.id for c in offered if c.section is Section.BODY]
    plan = read_plan({"body": [body[0], "also", body[1], body[0], "then"]}, offered)
    assert [s.join for s in plan.sentences] == ["", "also"]
    assert len(plan.sentences) == 2


@pytest.mark.parametrize(
    "answer",
    [{"body": ["S999"]}, {"body": "S1"}, {"ending": []}, {"conclusion": ["S1"]}, {"body": [7]}, []],
)
def test_a_plan_that_names_anything_else_is_refused(answer: object) -> None:
    offered = candidates(structuring_pass_through(), SAR)
    with pytest.raises(ModelOutputInvalid):
        read_plan(answer, offered)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("pattern", "facts"),
    [("structuring.total", ("F1",)), ("no.such", ("F7",)), ("structuring.total", ("F99",))],
)
def test_a_planned_sentence_that_the_facts_do_not_admit_is_refused(
    pattern: str, facts: tuple[str, ...]
) -> None:
    line = PlannedSentence(section=Section.BODY, pattern=pattern, facts=facts)
    with pytest.raises(InvalidInput):
        render(Plan(sentences=(line,)), structuring_pass_through(), SAR)


def test_required_content_told_by_a_combination_is_not_missing() -> None:
    facts = structuring_pass_through()
    by_pattern = {c.pattern.id: c for c in candidates(facts, SAR)}
    joined = Plan(sentences=(planned_sentence(by_pattern["customer_account.full"]),))
    absent = {c.pattern.id for c in missing_required(joined, facts, SAR)}
    assert "customer.full" not in absent
    assert "customer_account.full" not in absent
    assert "structuring.total" in absent


@pytest.mark.parametrize("value", ["not a day", "2026-02-31", ""])
def test_a_fact_whose_value_cannot_be_written_is_left_out_and_stays_missing(value: str) -> None:
    facts = structuring_pass_through()
    alert = next(f for f in facts if f.predicate == "alert")
    roles = {**alert.roles, "date": alert.roles["date"].model_copy(update={"value": value})}
    broken = tuple(f if f is not alert else f.model_copy(update={"roles": roles}) for f in facts)
    narrative = templated(broken, SAR)
    assert not any(alert.id in s.facts for s in narrative.sentences)


def test_words_of_a_source_that_fill_a_page_are_not_put_into_a_sentence() -> None:
    facts = FactList()
    facts.add("customer", "E1", party="Marta Velde", occupation="x " * 400)
    patterns = {s.pattern for s in templated(tuple(facts.facts), SAR).sentences}
    assert "customer.occupation" not in patterns


def test_no_facts_give_only_fixed_sentences() -> None:
    assert all(not s.facts for s in templated((), SAR).sentences)
