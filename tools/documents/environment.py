"""What a child process learns of this one: nothing but where Python finds its modules."""

from pathlib import Path


def child_environment(*, threads: int = 1) -> dict[str, str]:
    """Give the whole environment of a child: no keys, no addresses, no settings."""
    return {
        "PYTHONPATH": str(Path(__file__).resolve().parents[2]),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PATH": "",
        "HOME": "/nonexistent",
        "LANG": "C.UTF-8",
        "OMP_NUM_THREADS": str(threads),
        "OPENBLAS_NUM_THREADS": str(threads),
        # Two names of one wish: no telemetry from the office parser.
        "DO_NOT_TRACK": "true",
        "SCARF_NO_ANALYTICS": "true",
    }
