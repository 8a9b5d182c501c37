"""The expression engine behind an interface: compile once against typed names, then only ask."""

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any, Protocol

from cel_expr_python import cel

FactValue = bool | int | float | str | tuple[str, ...]

_MAX_INT = 2**53


class FactType(StrEnum):
    """What a named fact may hold. Money is an `int` in minor units (cents)."""

    BOOL = "bool"
    INT = "int"
    DOUBLE = "double"
    STRING = "string"
    STRINGS = "list of string"


class ExpressionInvalid(ValueError):
    """An expression that names an unknown fact, mixes types or is no condition."""


class EvaluationFailed(RuntimeError):
    """A condition that gave no answer, such as a division by zero."""


class Condition(Protocol):
    """A compiled condition over named facts."""

    @property
    def names(self) -> frozenset[str]:
        """The facts whose value the answer may depend on."""
        ...

    def __call__(self, facts: Mapping[str, FactValue]) -> bool:
        """Answer for these values; each of `names` must be given.

        Raises:
            EvaluationFailed: there is no answer. Never a silent False.
        """
        ...


class Engine(Protocol):
    """Compiles conditions. Its name and version are part of the rules version."""

    name: str

    def compile(self, expression: str, types: Mapping[str, FactType]) -> Condition:
        """Check and compile one condition.

        Raises:
            ExpressionInvalid: unknown name, type error, no boolean, or no fact at all.
        """
        ...


def holds_type(value: object, type_: FactType) -> bool:
    """Tell whether a Python value is of a fact type; a bool is no int, a float is no int."""
    if type_ is FactType.STRINGS:
        return isinstance(value, tuple) and all(isinstance(item, str) for item in value)
    if type_ is FactType.INT:
        # Beyond 2**53 canonical JSON cannot hold it, so it can't be hashed either.
        return isinstance(value, int) and not isinstance(value, bool) and abs(value) <= _MAX_INT
    wanted = {FactType.BOOL: bool, FactType.DOUBLE: float, FactType.STRING: str}[type_]
    return isinstance(value, wanted)


class CelEngine:
    """Google's CEL with static types (cel-expr-python).

    Every variable is declared with its type: an undeclared or `dyn` name would let a typo pass as
    a condition that is silently false, so `dyn` is refused.
    """

    name = "cel-expr-python/0.1.3"

    def compile(self, expression: str, types: Mapping[str, FactType]) -> "CelCondition":
        """Check and compile one condition."""
        if re.search(r"\bdyn\s*\(", _without_strings(expression)):
            raise ExpressionInvalid("`dyn` switches type checking off; use the typed facts")
        compiled = _compile(expression, types)
        if compiled.return_type() != cel.Type.BOOL:
            raise ExpressionInvalid(
                f"a condition must be bool, this one is {compiled.return_type().name().lower()}"
            )
        names = _names(expression, types)
        if not names:
            raise ExpressionInvalid("the condition depends on no fact")
        return CelCondition(compiled, names)


class CelCondition:
    """A compiled CEL expression. Safe to share between threads: evaluation keeps no state."""

    def __init__(self, compiled: Any, names: frozenset[str]) -> None:  # noqa: ANN401
        self._compiled = compiled
        self._names = names

    @property
    def names(self) -> frozenset[str]:
        """The facts that the expression reads."""
        return self._names

    def __call__(self, facts: Mapping[str, FactValue]) -> bool:
        """Evaluate; CEL gives errors as values, which become `EvaluationFailed` here."""
        data = {name: _plain(facts[name]) for name in self._names}
        answer = self._compiled.eval(data=data)
        if answer.type() != cel.Type.BOOL:
            raise EvaluationFailed(str(answer.plain_value()))
        return bool(answer.plain_value())


def _plain(value: FactValue) -> bool | int | float | str | list[str]:
    return list(value) if isinstance(value, tuple) else value


def _cel_types(types: Mapping[str, FactType]) -> dict[str, Any]:
    known = {
        FactType.BOOL: cel.Type.BOOL,
        FactType.INT: cel.Type.INT,
        FactType.DOUBLE: cel.Type.DOUBLE,
        FactType.STRING: cel.Type.STRING,
        FactType.STRINGS: cel.Type.List(cel.Type.STRING),
    }
    return {name: known[type_] for name, type_ in types.items()}


def _compile(expression: str, types: Mapping[str, FactType]) -> Any:  # noqa: ANN401
    try:
        return cel.NewEnv(variables=_cel_types(types)).compile(expression)
    except RuntimeError as bad:
        raise ExpressionInvalid(_reason(str(bad))) from None


def _names(expression: str, types: Mapping[str, FactType]) -> frozenset[str]:
    """Find the facts that an expression reads: those without which it doesn't compile."""
    words = set(re.findall(r"[A-Za-z_]\w*", _without_strings(expression)))
    candidates = {name: type_ for name, type_ in types.items() if name in words}
    return frozenset(name for name in candidates if not _compiles(expression, candidates, name))


def _compiles(expression: str, types: Mapping[str, FactType], without: str) -> bool:
    fewer = {name: type_ for name, type_ in types.items() if name != without}
    try:
        cel.NewEnv(variables=_cel_types(fewer)).compile(expression)
    except RuntimeError:
        return False
    return True


def _without_strings(expression: str) -> str:
    return re.sub(r"\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'", '""', expression)


def _reason(message: str) -> str:
    """Keep the sentence of a CEL error; drop the position art and the code."""
    lines: Sequence[str] = message.splitlines()
    first = lines[0] if lines else message
    return re.sub(r"^[A-Z_]+: ERROR: <input>:\d+:\d+: ", "", first)
