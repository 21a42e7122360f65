"""The command `seedclean`: parses arguments and prints lines; the work is done in the layers below.

Public face: `app`. A module for each group of commands, which imports what does the work inside its functions: a shell
that completes a word starts the command with each key, and the readers and rules take most of a second to load.
"""

from seedclean.cli import clean, documents, packs
from seedclean.cli.application import app

__all__ = ["app", "clean", "documents", "packs"]
