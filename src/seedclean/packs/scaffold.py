"""A pack and a fixture to start from, for `seedclean new`."""

from __future__ import annotations

import json
from pathlib import Path

from seedclean.model.document import Document
from seedclean.model.errors import InputError
from seedclean.packs.context import match_context
from seedclean.packs.pack import front_names
from seedclean.packs.parser import ID
from seedclean.packs.registry import load
from seedclean.values import urls

_SHOWN = 12
_CHARS = 40


def create(
    origin: str, file: Path, document: Document, publisher: str | None, url: str | None, folder: Path
) -> tuple[Path, Path]:
    """Write `ORIGIN.toml` and a copy of the file under `fixtures/ORIGIN/`. Raises InputError where one is there."""
    if not ID.fullmatch(origin):
        raise InputError(origin, "is no id of an origin", "use a-z, 0-9 and -, as in river-news")
    pack = folder / f"{origin}.toml"
    fixture = folder / "fixtures" / origin / file.name
    for path in (pack, fixture):
        if path.exists():
            raise InputError(str(path), "is there already", "move it away, or choose another name")
    fixture.parent.mkdir(parents=True, exist_ok=True)
    fixture.write_bytes(document.data)
    pack.write_text(pack_text(origin, document, publisher, url), "utf-8")
    return pack, fixture


def pack_text(origin: str, document: Document, publisher: str | None, url: str | None) -> str:
    """A first pack for a document: its host, its publisher, and its short lines, commented out, as rules to choose from."""
    own = next(iter(match_context(document, front_names(load().role("common"))).addresses), None)
    host = urls.host(own.url if own else url or "")
    host = host.removeprefix("www.")
    texts = [block for block in document.blocks if block.kind != "metadata" and block.text]
    lines = [
        f"# {publisher or origin}: say in a sentence how its documents look.",
        f"id = {json.dumps(origin)}",
        f"name = {json.dumps(publisher or origin, ensure_ascii=False)}",
        f"host = [{json.dumps(host)}]" if host else '# host = ["example.org"]   no address was found in the document',
        "",
        "# Every rule has a name, a category and a why. Take the # away from those that are chrome on every page of the",
        "# origin, name them for what they are, and delete the rest. `seedclean check` tells what is wrong.",
    ]
    head = [block.text for block in texts[:_SHOWN] if len(block.text) <= _CHARS]
    tail = [block.text for block in texts[_SHOWN:][-_SHOWN:] if len(block.text) <= _CHARS]
    lines += _suggestion("head", list(dict.fromkeys(head)))
    lines += _suggestion("tail", [text for text in dict.fromkeys(tail) if text not in head])
    return "\n".join(lines) + "\n"


def _suggestion(place: str, lines: list[str]) -> list[str]:
    if not lines:
        return []
    texts = ",\n".join("#   " + json.dumps(text, ensure_ascii=False) for text in lines)
    return [
        "",
        "# [[rule]]",
        f'# remove = "{place}-lines"',
        '# category = "interface"',
        f'# why = "Lines of the interface at the {place} of every page."',
        f"# {'first' if place == 'head' else 'last'} = {_SHOWN}",
        "# says = [",
        texts + ",",
        "# ]",
    ]
