"""How many cores there are for the model."""

import os


def free_cores() -> int:
    """Count the cores that this process may use."""
    return len(os.sched_getaffinity(0))
