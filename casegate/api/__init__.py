"""The HTTP service: routers over the desk, one error presenter, no rule of its own."""
