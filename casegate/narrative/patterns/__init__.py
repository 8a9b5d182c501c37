"""Every sentence that code may write. A new predicate adds a line to one of these files."""

from casegate.narrative.patterns import customer, documents, fixed, screening, transactions
from casegate.narrative.patterns.base import Pattern, Slot, broken_pattern, role_of

__all__ = ["PATTERNS", "Pattern", "Slot", "broken_pattern", "role_of"]

PATTERNS: dict[str, Pattern] = {
    pattern.id: pattern
    for module in (fixed, customer, documents, screening, transactions)
    for pattern in module.PATTERNS
}
"""All patterns by id, in declaration order."""
