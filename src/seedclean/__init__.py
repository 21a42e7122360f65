"""seedclean turns documents saved second-hand from the web into clean canonical JSON.

>>> import seedclean
>>> record = seedclean.clean("# A title\\n\\nA paragraph.")
>>> record.title, record.text
('A title', 'A title\\nA paragraph.')

clean         the record of one document: a str is its text, bytes are decoded, a Path is read
clean_many    many documents, in order, in several processes if wanted; errors are values
clean_tree    the documents in the files below a directory
detect        who published a document, and how it was saved
explain       the decision on each block of a document, with its rule
Cleaner       all of these with rules, site configurations and a policy, compiled once
Record        the result: typed fields, to_json, to_dict, to_row, markdown
arrow_schema  the schema of records as rows, for pyarrow, pandas, datasets and duckdb
hf            for HuggingFace datasets: dataset.map(seedclean.hf.clean, batched=True)

Errors are of the type SeedcleanError, with `code`, `where`, `what` and `remedy`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from seedclean.cleaner import Cleaner
    from seedclean.functions import clean, clean_many, clean_tree, detect, explain
    from seedclean.integrations import hf
    from seedclean.model.document import Decision, Detection, Document, Mark, Source
    from seedclean.model.errors import SeedcleanError
    from seedclean.record.arrow import arrow_schema
    from seedclean.record.parts import Block, Provenance, Removed, Translation
    from seedclean.record.record import Record

__version__ = "0.1.0"

__all__ = [
    "Block",
    "Cleaner",
    "Decision",
    "Detection",
    "Document",
    "Mark",
    "Provenance",
    "Record",
    "Removed",
    "SeedcleanError",
    "Source",
    "Translation",
    "arrow_schema",
    "clean",
    "clean_many",
    "clean_tree",
    "detect",
    "explain",
    "hf",
]

if not TYPE_CHECKING:  # a type checker that sees `__getattr__` believes that every name exists
    _HOMES = {
        "cleaner": ("Cleaner",),
        "functions": ("clean", "clean_many", "clean_tree", "detect", "explain"),
        "integrations.hf": ("hf",),
        "model.document": ("Decision", "Detection", "Document", "Mark", "Source"),
        "model.errors": ("SeedcleanError",),
        "record.arrow": ("arrow_schema",),
        "record.parts": ("Block", "Provenance", "Removed", "Translation"),
        "record.record": ("Record",),
    }
    # module -> its public names: imported when asked for, so that `seedclean --version` costs nothing

    def __getattr__(name):
        home = next((home for home, names in _HOMES.items() if name in names), None)
        if home is None:
            raise AttributeError(f"seedclean has no {name!r}; it has: {', '.join(__all__)}")
        from importlib import import_module

        module = import_module(f"seedclean.{home}")
        value = module if home.endswith(f".{name}") else getattr(module, name)
        globals()[name] = value
        return value

    def __dir__():
        return sorted({*globals(), *__all__})
