"""The suites as data, and the papers that they are made of."""

from pathlib import Path

import pytest
import yaml

from casegate.errors import InvalidInput
from casegate.model.bundle import CaseBundle
from evals.datasets.letters import FILENAME, TELLINGS, letter
from evals.suite import FOLDER, load_suite, samples
from examples.generate import SCENARIOS

SUITES = sorted(path.stem for path in FOLDER.glob("*.yaml"))


@pytest.mark.parametrize("name", SUITES)
def test_a_suite_names_bundles_that_can_be_made(name: str) -> None:
    suite = load_suite(name)
    assert set(suite.bundles) <= {*SCENARIOS, "letters"}


def test_samples_take_bundles_in_turn_and_then_the_next_seed() -> None:
    suite = load_suite("narrative")
    kinds, first = len(suite.bundles), suite.first_seed
    taken = samples(suite, kinds + 1)
    assert [key.bundle for key in taken] == [*suite.bundles, suite.bundles[0]]
    assert [key.seed for key in taken] == [*(first,) * kinds, first + 1]
    assert len(samples(suite)) == suite.cases
    assert len({key.id for key in samples(suite, 100)}) == 100


def test_a_suite_measures_other_people_than_the_examples_show() -> None:
    assert all(key.seed > 0 for name in SUITES for key in samples(load_suite(name)))


def test_one_changed_word_of_a_suite_is_another_suite(tmp_path: Path) -> None:
    raw = yaml.safe_load((FOLDER / "narrative.yaml").read_text())
    raw["metrics"][0]["margin"] = 0.5
    (tmp_path / "narrative.yaml").write_text(yaml.safe_dump(raw))
    assert load_suite("narrative", tmp_path).digest != load_suite("narrative").digest


@pytest.mark.parametrize(
    "change",
    [
        {"id": "other"},
        {"task": "poetry"},
        {"bundles": []},
        {"metrics": []},
        {"first_seed": 0},
        {"cazes": 3},
    ],
)
def test_a_suite_that_can_not_be_run_is_refused(change: dict[str, object], tmp_path: Path) -> None:
    raw = {**yaml.safe_load((FOLDER / "narrative.yaml").read_text()), **change}
    (tmp_path / "narrative.yaml").write_text(yaml.safe_dump(raw))
    with pytest.raises(InvalidInput):
        load_suite("narrative", tmp_path)


def test_an_unknown_suite_names_the_known_ones() -> None:
    with pytest.raises(InvalidInput, match="known are extraction, narrative"):
        load_suite("poetry")


@pytest.mark.parametrize("seed", range(len(TELLINGS)))
def test_a_letter_says_what_its_truth_lists(seed: int) -> None:
    bundle = letter(seed)
    text = bundle.documents[FILENAME].decode()
    for field in bundle.truth["documents"][FILENAME]["fields"]:
        assert field["value"] in text
        assert all(copy in text for copy in field.get("also", ()))
    CaseBundle.model_validate(bundle.case)
    assert set(bundle.truth["documents"]) == set(bundle.documents)


def test_equal_seeds_give_equal_letters() -> None:
    assert letter(5) == letter(5)
    assert letter(5).documents[FILENAME] != letter(11).documents[FILENAME]
