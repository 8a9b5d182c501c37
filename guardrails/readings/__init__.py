"""How each named fact is read from a case: one function a fact, listed in `guardrails.facts`."""
