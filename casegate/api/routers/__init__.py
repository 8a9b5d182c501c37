"""One file a subject; each gives a router."""
