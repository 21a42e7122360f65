"""The forms in which a record is written: JSON, Markdown with its metadata as front matter, or running text."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import orjson

from seedclean.batch.output.file_formats import suffix_of
from seedclean.model.errors import InputError
from seedclean.record.record import Record
from seedclean.record.terminal import visible

_SUFFIXES = {"jsonl": ".json", "json": ".json", "md": ".md", "text": ".txt"}


@dataclass(frozen=True, slots=True)
class Form:
    """How records are written.

    `name` is `jsonl`, `json`, `md` or `text`. `pretty` indents JSON. `screen` makes control characters visible. With
    `single` a JSON value is the record itself where there is only one, else it is an array.
    """

    name: str = "jsonl"
    pretty: bool = False
    screen: bool = False
    single: bool = False

    @property
    def suffix(self) -> str:
        """The suffix of a file with one record."""
        return _SUFFIXES[self.name]

    @property
    def key(self) -> str:
        """A word that differs where the files in a directory do; "" for records as they are."""
        return "pretty" if self.pretty else "" if self.is_json else self.name

    @property
    def is_json(self) -> bool:
        """Whether records are written as JSON."""
        return self.name in ("json", "jsonl")

    def render(self, record: bytes) -> bytes:
        """A record in canonical JSON as the content of a file, with a line feed at its end."""
        if self.pretty:
            data = orjson.dumps(orjson.loads(record), option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS) + b"\n"
        elif self.is_json:
            data = record + b"\n"
        else:
            full = Record.from_json(record)
            data = (full.markdown(front_matter=True) if self.name == "md" else full.text + "\n").encode()
        return visible(data.decode().replace("\t", "    ")).encode() if self.screen else data


RECORDS = Form()
"""Records as they are: a line of canonical JSON for each."""


def choose(name: str | None, pretty: bool, out: Path | None, one_file: bool, terminal: bool) -> Form:
    """The form for a run. `name` and `pretty` are the options; `one_file`: the run cleans a single file.

    Raises InputError for options that do not go together.
    """
    if out is None:
        default = "json" if pretty else "md" if one_file and terminal else "jsonl"
        form = Form(name or default, pretty, terminal, one_file)
    else:
        form = Form(name or "json", pretty)
    if pretty and not form.is_json:
        raise InputError("--pretty", "indents JSON", "leave it out, or use --format json")
    if pretty and name == "jsonl":
        raise InputError("--pretty", "a line of JSON has no indentation", "use --format json")
    if out is not None:
        _fit(form, out)
    return form


def _fit(form: Form, out: Path) -> None:
    """Raise InputError where an output cannot have a form."""
    suffix = suffix_of(out.name)
    if suffix and (form.pretty or not form.is_json):
        option = "--pretty" if form.pretty else f"--format {form.name}"
        raise InputError(option, f"{suffix} has a form of its own", "give a directory, or leave out -o")
    if not suffix and form.name == "jsonl":
        raise InputError("--format jsonl", "a directory gets a file for each record", f"use -o {out}.jsonl")
