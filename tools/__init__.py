"""What agents call. Each tool answers with evidence and facts, never with an opinion."""
