"""The entry of the command. `--version` is answered here: it should cost no more than starting Python."""

from __future__ import annotations

import os
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
    try:
        from seedclean.batch.memory import collect_rarely
        from seedclean.cli import app

        collect_rarely()
        app()
    except BrokenPipeError:
        # the reader of our output has gone: what it wanted it has
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)


if __name__ == "__main__":
    main()
