"""seedclean turns documents saved second-hand from the web into clean canonical JSON.

>>> import seedclean
>>> record = seedclean.clean("# A title\\n\\nA paragraph.")
>>> record.title, record.text
('A title', 'A title\\nA paragraph.')
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from seedclean.model.document import Block as Block
    from seedclean.model.document import Decision as Decision
    from seedclean.model.document import Detection as Detection
    from seedclean.model.document import Document as Document
    from seedclean.model.document import Mark as Mark
    from seedclean.model.document import Source as Source
    from seedclean.model.errors import SeedcleanError as SeedcleanError
    from seedclean.pipeline import clean as clean
    from seedclean.pipeline import clean_tree as clean_tree
    from seedclean.pipeline import detect as detect
    from seedclean.pipeline import explain as explain
    from seedclean.record.record import Record as Record

__version__ = "0.1.0"

_HOMES = {
    "clean": "pipeline", "clean_tree": "pipeline", "detect": "pipeline", "explain": "pipeline", "SeedcleanError": "model.errors",
    "Block": "model.document", "Decision": "model.document", "Detection": "model.document", "Document": "model.document",
    "Mark": "model.document", "Source": "model.document", "Record": "record.record",
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
