"""The page of document signals names every kind that the code gives, and no other."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

CALLS = {"signal", "about", "Signal"}
PAGE = Path("docs/document-signals.md").read_text("utf-8")


def kinds_in_code() -> set[str]:
    files = Path("tools/documents").rglob("*.py")
    return {kind for file in files for kind in kinds_of(ast.parse(file.read_text("utf-8")))}


def kinds_of(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            named = [word.value for word in node.keywords if word.arg == "kind"]
            yield from texts(node.args[:1] + named) if name in CALLS else ()
        elif isinstance(node, ast.Tuple) and len(node.elts) == 2:
            # Rows of tables such as ("javascript", "The file holds JavaScript.").
            said = list(texts(node.elts))
            yield from said[:1] if len(said) == 2 and said[1].endswith(".") else ()
        elif isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "KIND":
            yield from texts([node.value])


def texts(nodes: list[ast.expr]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def kinds_on_the_page() -> set[str]:
    first = re.findall(r"^\| (`[^|]+`) \|", PAGE, re.MULTILINE)
    return {kind for cell in first for kind in re.findall(r"`([a-z_]+)`", cell)}


def test_every_kind_of_signal_is_explained_and_none_that_does_not_exist() -> None:
    levels = {"note", "look", "alarm"}
    assert kinds_on_the_page() - levels == {
        k for k in kinds_in_code() if re.fullmatch("[a-z_]+", k)
    }
