"""seedclean turns documents saved second-hand from the web into clean canonical JSON.

>>> import seedclean
>>> record = seedclean.clean("# A title\\n\\nA paragraph.")
>>> record.title, record.text
('A title', 'A title\\nA paragraph.')
"""

from __future__ import annotations

from seedclean.clean import clean, detect
from seedclean.errors import SeedcleanError
from seedclean.model import Block, Decision, Detection, Document, Source
from seedclean.record import Record

__all__ = ["Block", "Decision", "Detection", "Document", "Record", "SeedcleanError", "Source", "clean", "detect"]
