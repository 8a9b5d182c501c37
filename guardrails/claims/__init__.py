"""The claim gate: every value of a text must stand in the records, and with its neighbours there.

Two nets, the same for models and people. Sentences of a known pattern are read back role by role
(`forms`). Free text is searched for values (`finder`), and all values of a clause are bound to one
fact (`binding`) whose relation its words must tell (`relation`). `content` looks for words that no
narrative may hold; `guardrails.rubric` for what it lacks.
"""

from guardrails.claims.gate import FactClaimGate, load_claim_gate

__all__ = ["FactClaimGate", "load_claim_gate"]
