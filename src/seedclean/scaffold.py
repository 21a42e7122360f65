"""A pack and a fixture to start from, for `seedclean new`."""

from __future__ import annotations

import json
from pathlib import Path

from seedclean import addresses
from seedclean.cleaning import Cleaned
from seedclean.errors import InputError
from seedclean.evidence import evidence, own_addresses
from seedclean.model import Block

_SHOWN = 12
_CHARS = 40


def create(origin: str, file: Path, cleaned: Cleaned, folder: Path) -> tuple[Path, Path]:
    """Write `ORIGIN.toml` and a copy of the file under `fixtures/ORIGIN/`. Raises InputError where one is there."""
    pack = folder / f"{origin}.toml"
    fixture = folder / "fixtures" / origin / file.name
    for path in (pack, fixture):
        if path.exists():
            raise InputError(str(path), "is there already", "move it away, or choose another name")
    fixture.parent.mkdir(parents=True, exist_ok=True)
    fixture.write_bytes(cleaned.document.data)
    pack.write_text(pack_text(origin, cleaned), "utf-8")
    return pack, fixture


def pack_text(origin: str, cleaned: Cleaned) -> str:
    """A pack with what the document tells: its host, its publisher, and the short lines that may be chrome."""
    record = cleaned.record
    own = next(own_addresses(evidence(cleaned.document, {})), None)
    host = addresses.host(own.url if own else record.url or "")
    host = host.removeprefix("www.")
    speaking = [block for block in cleaned.document.blocks if block.kind != "metadata" and block.text]
    lines = [
        f"# {record.publisher or origin}: say in a sentence how its documents look.",
        f"id = {json.dumps(origin)}",
        f"name = {json.dumps(record.publisher or origin, ensure_ascii=False)}",
        f"host = [{json.dumps(host)}]" if host else '# host = ["example.org"]   no address was found in the document',
        "",
        "# Every rule has a name, a category and a why. Take the # away from those that are chrome on every page of the",
        "# origin, name them for what they are, and delete the rest. `seedclean check` tells what is wrong.",
    ]
    for place, blocks in (("head", speaking[:_SHOWN]), ("tail", speaking[-_SHOWN:] if len(speaking) > _SHOWN else [])):
        lines += _suggested(place, [block for block in blocks if len(block.text) <= _CHARS])
    return "\n".join(lines) + "\n"


def _suggested(place: str, blocks: list[Block]) -> list[str]:
    if not blocks:
        return []
    texts = ",\n".join("#   " + json.dumps(block.text, ensure_ascii=False) for block in blocks)
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
