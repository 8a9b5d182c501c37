"""Re-screens the data folder of its argument, and is killed by a test while it does."""

import sys
import time
from pathlib import Path

from casegate.model.customer import Rescreen
from tests.ongoing.conftest import open_place


def main() -> None:
    """Work slowly enough to be killed between two slices."""
    place = open_place(Path(sys.argv[1]))

    def told(now: Rescreen) -> None:
        sys.stdout.write(f"{now.kind} {now.done} {now.hits}\n")
        sys.stdout.flush()
        time.sleep(float(sys.argv[2]))

    place.desk.rescreening.run(full=sys.argv[3] == "full", told=told)
    sys.stdout.write("ended\n")


if __name__ == "__main__":
    main()
