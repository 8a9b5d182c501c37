"""The case graph: agents that read, gather, assess, draft and propose. People decide."""
