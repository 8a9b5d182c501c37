"""Draft: the model plans the narrative, code words it, the claim gate checks it."""
