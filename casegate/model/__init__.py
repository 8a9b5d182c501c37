"""The words of a case as frozen types. Standard library and pydantic only; no I/O."""
