"""`python -m casegate` is the `casegate` command."""

from casegate.cli import main

if __name__ == "__main__":
    main()
