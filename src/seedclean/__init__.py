"""seedclean turns documents saved second-hand from the web into clean canonical JSON.

>>> import seedclean
>>> record = seedclean.clean("# A title\\n\\nA paragraph.")
>>> record.title, record.text
('A title', 'A title\\nA paragraph.')
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from seedclean.cleaning import clean as clean
    from seedclean.cleaning import detect as detect
    from seedclean.errors import SeedcleanError as SeedcleanError
    from seedclean.explanation import explain as explain
    from seedclean.model import Block as Block
    from seedclean.model import Decision as Decision
    from seedclean.model import Detection as Detection
    from seedclean.model import Document as Document
    from seedclean.model import Mark as Mark
    from seedclean.model import Source as Source
    from seedclean.record import Record as Record
    from seedclean.tree import clean_tree as clean_tree

__version__ = "0.1.0"

_HOMES = {
    "clean": "cleaning", "detect": "cleaning", "SeedcleanError": "errors", "explain": "explanation", "Block": "model",
    "Decision": "model", "Detection": "model", "Document": "model", "Mark": "model", "Source": "model", "Record": "record",
    "clean_tree": "tree",
}  # fmt: skip
"""Public name -> the module it lives in: imported when asked for, so that `seedclean --version` costs nothing."""

__all__ = sorted(_HOMES)


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"seedclean has no {name!r}; it has: {', '.join(sorted(_HOMES))}")
    from importlib import import_module

    value = getattr(import_module(f"seedclean.{_HOMES[name]}"), name)
    globals()[name] = value
    return value
