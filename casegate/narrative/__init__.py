"""How facts become sentences: declared predicates, tested patterns, rendering. Pure."""
