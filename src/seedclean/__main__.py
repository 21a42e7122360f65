"""The entry of the command. `--version` is answered here: it should cost no more than starting Python."""

from __future__ import annotations

import sys


def print_version() -> None:
    """Print the installed version."""
    from seedclean import __version__

    print(f"seedclean {__version__}")


def main() -> None:
    """Run the command line."""
    if sys.argv[1:] == ["--version"]:
        print_version()
        return
    from seedclean.batch.memory import collect_rarely
    from seedclean.cli import app

    collect_rarely()
    app(prog_name="seedclean")


if __name__ == "__main__":
    main()
