"""What a sentence pattern is, and how its template is taken apart."""

import functools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from casegate.model.fact import Fact, RoleValue
from casegate.model.narrative import OutputKind, Section
from casegate.narrative.predicates import PREDICATES

SAR = OutputKind.SAR_NARRATIVE
NO_FILE = OutputKind.NO_FILE_RATIONALE
KYC = OutputKind.KYC_MEMO
HIT = OutputKind.HIT_NOTE
ALL = frozenset(OutputKind)

INTRO, BODY, END = Section.INTRODUCTION, Section.BODY, Section.CONCLUSION

_PART = re.compile(r"\{([a-z_.]+)(?:\|([^|}]*)\|([^|}]*))?\}")


@dataclass(frozen=True)
class Slot:
    """A role in a template; with forms, the word that agrees with the role's count."""

    predicate: str
    role: str
    one: str | None = None
    many: str | None = None

    @property
    def agrees(self) -> bool:
        """True if the slot is a word in singular or plural, not the value itself."""
        return self.one is not None


@dataclass(frozen=True)
class Pattern:
    """One sentence form of one predicate, of a declared combination, or of no fact at all.

    Template: `{role}` is the value; `{role|case|cases}` agrees with the role's count. A
    combination writes `{predicate.role}` and names in `shared` the roles that must be equal.
    """

    id: str
    predicates: tuple[str, ...]
    outputs: frozenset[OutputKind]
    section: Section
    order: int
    """Place within its section when code chooses the order."""
    template: str
    where: tuple[tuple[str, str], ...] = ()
    """Role values that the fact must have, such as `("channel", "cash")`."""
    same: tuple[str, str] | None = None
    """Two roles of the fact whose values must be equal."""
    differ: tuple[str, str] | None = None
    """Two roles of the fact whose values must differ."""
    shared: tuple[tuple[str, str], ...] = ()
    """For a combination: pairs of `predicate.role` that must be equal."""
    always: bool = False
    """Part of every narrative of its kinds in which its facts exist."""
    elsewhere: Mapping[OutputKind, Section] = field(default_factory=dict)
    """Kinds of text in which it stands in another section."""

    @property
    def fixed(self) -> bool:
        """True for a sentence without facts or values (boilerplate)."""
        return not self.predicates

    def section_in(self, output: OutputKind) -> Section:
        """Give the section in this kind of text."""
        return self.elsewhere.get(output, self.section)

    @functools.cached_property
    def parts(self) -> tuple[str | Slot, ...]:
        """The template as literals and slots, in order."""
        parts: list[str | Slot] = []
        at = 0
        for found in _PART.finditer(self.template):
            parts += [self.template[at : found.start()], self._slot(found)]
            at = found.end()
        parts.append(self.template[at:])
        return tuple(part for part in parts if part != "")

    @functools.cached_property
    def slots(self) -> frozenset[tuple[str, str]]:
        """Every (predicate, role) that the template names."""
        return frozenset((p.predicate, p.role) for p in self.parts if isinstance(p, Slot))

    def admits(self, facts: Sequence[Fact]) -> bool:
        """Tell whether these facts, in the order of `predicates`, can fill the pattern."""
        if tuple(fact.predicate for fact in facts) != self.predicates:
            return False
        by_name = {fact.predicate: fact for fact in facts}
        if any(role not in by_name[name].roles for name, role in self.slots):
            return False
        return self._conditions_hold(by_name)

    def _conditions_hold(self, by_name: Mapping[str, Fact]) -> bool:
        def value(path: str) -> str | None:
            name, _, role = path.rpartition(".")
            found = by_name[name or self.predicates[0]].roles.get(role)
            return found.value if found is not None else None

        return (
            all(value(role) == wanted for role, wanted in self.where)
            and (self.same is None or value(self.same[0]) == value(self.same[1]))
            and (self.differ is None or value(self.differ[0]) != value(self.differ[1]))
            and all(value(left) == value(right) for left, right in self.shared)
        )

    def _slot(self, found: re.Match[str]) -> Slot:
        name, _, role = found[1].rpartition(".")
        return Slot(name or self.predicates[0], role, found[2], found[3])


def role_of(facts: Sequence[Fact], slot: Slot) -> tuple[Fact, RoleValue]:
    """Give the fact and the value that fill a slot."""
    fact = next(f for f in facts if f.predicate == slot.predicate)
    return fact, fact.roles[slot.role]


def broken_pattern(pattern: Pattern) -> str | None:
    """Say how a pattern breaks the declarations of its predicates; None if it keeps them."""
    for name in pattern.predicates:
        if name not in PREDICATES:
            return f"{pattern.id}: unknown predicate {name!r}"
    for name, role in sorted(pattern.slots):
        if name not in pattern.predicates or role not in PREDICATES[name].roles:
            return f"{pattern.id}: no role {role!r} in {name!r}"
    if len(pattern.predicates) > 1 and not pattern.shared:
        return f"{pattern.id}: a combination must name what its facts share"
    return None
