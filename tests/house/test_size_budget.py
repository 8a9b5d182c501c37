"""Files of at most 500 lines, functions of at most 60; what is longer wants to be two."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROOMS = frozenset(
    {"agents", "tools", "prompts", "guardrails", "ui", "evals", "casegate", "tests", "examples"}
)
FILE_LINES = 500
FUNCTION_LINES = 60


def sources() -> list[Path]:
    """List the Python files of the house; hidden folders and what git ignores stay out."""
    top = [path for path in ROOT.iterdir() if path.name in ROOMS or path.suffix == ".py"]
    return sorted(
        path
        for start in top
        for path in ([start] if start.is_file() else start.rglob("*.py"))
        if "__pycache__" not in path.parts
    )


def functions(path: Path) -> Iterator[tuple[str, int]]:
    """Give name and length of every function of a file, decorators and docstring included."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            first = min([node.lineno, *(d.lineno for d in node.decorator_list)])
            yield node.name, (node.end_lineno or first) - first + 1


@pytest.mark.parametrize("path", sources(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_file_and_its_functions_stay_small(path: Path) -> None:
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert lines <= FILE_LINES, f"{lines} lines"
    long = [f"{name}: {size} lines" for name, size in functions(path) if size > FUNCTION_LINES]
    assert not long
