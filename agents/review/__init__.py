"""Review: hand over to people, wait for their signed decision, finish."""
