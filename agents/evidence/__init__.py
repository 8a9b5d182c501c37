"""Evidence: run the mandatory tools, then let the model ask for more, a bounded number of times."""
