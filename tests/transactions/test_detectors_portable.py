"""The expressions keep the rules that let them run elsewhere. Compiling proves no execution."""

import ibis
import pytest

from tests.transactions.ledgers import in_force
from tools.transactions.detectors import DETECTORS, Detector
from tools.transactions.entries import with_measures
from tools.transactions.load import SCHEMA

DIALECTS = ("duckdb", "postgres", "trino", "snowflake", "bigquery", "clickhouse", "databricks")
BY_NAME = [pytest.param(d, id=d.name) for d in DETECTORS]


def sql(detector: Detector, dialect: str) -> str:
    canonical = ibis.table(ibis.schema(SCHEMA), name="txn")
    return str(
        ibis.to_sql(detector.find(with_measures(canonical), in_force().version), dialect=dialect)
    )


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("detector", BY_NAME)
def test_every_detector_compiles_for_the_engines_it_may_move_to(
    detector: Detector, dialect: str
) -> None:
    assert "SELECT" in sql(detector, dialect)


@pytest.mark.parametrize("detector", BY_NAME)
def test_no_detector_uses_what_engines_disagree_on(detector: Detector) -> None:
    written = sql(detector, "duckdb").upper()
    for forbidden in ("INTERVAL", "RECURSIVE", "COUNT(DISTINCT", "DOUBLE", "FLOAT", "QUALIFY"):
        assert forbidden not in written
