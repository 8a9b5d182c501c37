"""Name screening: dated list versions, a candidate index, an explained score, no verdicts."""
