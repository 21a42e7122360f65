"""The key with which the runs of one user sign their journals.

A journal lies beside an output, where others may write; what it says decides which records are reused and which files are
deleted. The key lies in the user's own directory, so that nobody else can write a line that holds.
"""

from __future__ import annotations

import contextlib
import hmac
import os
import secrets
from pathlib import Path

import typer

_KEY_BYTES = 32
_MAC_HEX = 64
_TAIL = b',"mac":"%s"}\n'
_TAIL_BYTES = len(_TAIL) - 2 + _MAC_HEX


def key_file() -> Path:
    """Where the key of this user lies. Relative where the environment names no home: then no key is kept."""
    return Path(typer.get_app_dir("seedclean")) / "ledger.key"


def user_key() -> bytes | None:
    """The key of this user, made at the first call; None if none can be kept, or what is there is not the user's own.

    In a working directory others may write: a key from there would make their ledgers hold, and so would a key of somebody
    else in a home that `sudo` has left as it was.
    """
    path = key_file()
    if not path.is_absolute():
        return None
    try:
        if not path.exists():
            _make(path)
        with path.open("rb") as stream:
            owner = os.fstat(stream.fileno()).st_uid
            key = stream.read(_KEY_BYTES + 1)
    except OSError:
        return None
    is_own = not hasattr(os, "getuid") or owner == os.getuid()
    return key if is_own and len(key) == _KEY_BYTES else None


def _make(path: Path) -> None:
    """Write the key whole: a second run that starts at the same time must not read half of it, nor make another."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    temporary = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        os.write(descriptor, secrets.token_bytes(_KEY_BYTES))
        os.close(descriptor)
        with contextlib.suppress(FileExistsError):
            os.link(temporary, path)
    finally:
        temporary.unlink()


def signed(key: bytes, context: bytes, body: bytes) -> bytes:
    """A JSON object as a signed line. `context` is signed with it and stands elsewhere."""
    return body[:-1] + _TAIL % _mac(key, context, body)


def verified(key: bytes, context: bytes, line: bytes) -> bytes:
    """The JSON object of a signed line. Raises ValueError for a line that this key has not signed."""
    body = line[:-_TAIL_BYTES] + b"}"
    if not hmac.compare_digest(line, signed(key, context, body)):
        raise ValueError("the line is torn, or somebody else wrote it")
    return body


def _mac(key: bytes, context: bytes, body: bytes) -> bytes:
    return hmac.digest(key, context + b"\0" + body, "sha256").hex().encode()
