"""The weights that tell a paper's type are what their command makes of the papers of train."""

import numpy as np

from evals.papers.make import TYPES
from evals.papers.weigh_types import weigh
from tools.documents.likely_types import BUCKETS, WEIGHTS, letter_groups, type_weights


def test_the_stored_weights_are_those_that_the_command_writes() -> None:
    made = weigh(3000)
    with np.load(WEIGHTS, allow_pickle=False) as stored:
        assert tuple(stored["types"].tolist()) == TYPES
        assert np.array_equal(stored["weights"], made.weights)
        assert np.allclose(stored["rarity"], made.rarity)


def test_digits_and_accents_make_no_difference_to_likeness() -> None:
    assert letter_groups("Bel\u00e4ge 2026: 17") == letter_groups("belage 1999: 5")


def test_every_letter_group_has_its_bucket() -> None:
    assert all(0 <= bucket < BUCKETS for bucket in letter_groups("Kontoauszug \u0141\u00f3d\u017a"))


def test_a_text_without_letters_is_like_no_type() -> None:
    assert set(type_weights().likeness(" \n\t").values()) == {0.0}
