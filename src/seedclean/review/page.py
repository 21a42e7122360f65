"""The page: its frame, style and script are files of this package, and only these may run."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files
from string import Template

from seedclean.model.errors import SeedcleanError
from seedclean.model.vocabulary import CATEGORIES
from seedclean.record.escaping import clipped, escaped
from seedclean.review.documents import Reviewed
from seedclean.review.shelf import Shelved

_MESSAGE_CHARS = 500


def page(name: str, shelved: Shelved) -> bytes:
    """The page on the documents of `name` in UTF-8: the same bytes for the same documents, everywhere."""
    style, script = _asset("page.css"), _asset("page.js")
    policy = (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; "
        "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'"
    )
    html = Template(_asset("page.html")).substitute(
        policy=policy, style=style, script=script, name=clipped(name, _MESSAGE_CHARS), title=escaped(name[:_MESSAGE_CHARS]),
        counts=_counts(shelved), switches=_switches(shelved), documents=_documents(shelved), rest=_rest(shelved),
        failures=_failures(shelved),
    )  # fmt: skip
    return html.encode("utf-8")


@cache
def _asset(name: str) -> str:
    """A file of this package, with line feeds whatever the checkout made of them: the policy's hashes depend on them."""
    return files("seedclean.review").joinpath(name).read_text("utf-8").replace("\r\n", "\n")


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")


def _counts(shelved: Shelved) -> str:
    failed = f", {shelved.failed:,} failed" if shelved.failed else ""
    documents = f"{shelved.documents:,} document{'s' * (shelved.documents != 1)}{failed}"
    order = " · the least sure come first" if shelved.documents > 1 else ""
    return f"{documents} · {shelved.kept:,} blocks kept, {shelved.removed.total():,} removed{order}"


def _switches(shelved: Shelved) -> str:
    """A switch for what is kept and one for each category that something was removed as."""
    names = [("kept", shelved.kept), *((name, shelved.removed[name]) for name in CATEGORIES if shelved.removed[name])]
    return "\n".join(
        f'<label><input type="checkbox" id="show-{name}" checked> {name} <small>{count:,}</small></label>'
        for name, count in names
    )


def _documents(shelved: Shelved) -> str:
    unfolded = " open" if len(shelved.whole) == 1 else ""
    return "\n".join(
        f'<details class="document"{unfolded}><summary>{document.head}</summary>\n{document.body}\n</details>'
        for document in shelved.whole
    )


def _rest(shelved: Shelved) -> str:
    """The documents that the page has no room for."""
    if not shelved.listed:
        return ""
    rows = "\n".join(f"<li>{_line(document)}</li>" for document in shelved.listed)
    more = f"<p>{shelved.counted:,} more documents, surer than these, are not listed.</p>" if shelved.counted else ""
    return (
        '<section class="rest"><h2>Without their text</h2><p>This page has no room for these documents, which are surer '
        f"than those above. Make a page of one of them, or of a smaller directory.</p><ul>\n{rows}\n</ul>{more}</section>"
    )


def _line(document: Reviewed) -> str:
    return document.head.replace("<h2>", "<b>").replace("</h2>", "</b> ")


def _failures(shelved: Shelved) -> str:
    if not shelved.failed:
        return ""
    rows = "\n".join(f"<li>{_failure(error)}</li>" for error in shelved.failures)
    left = shelved.failed - len(shelved.failures)
    more = f"<p>{left:,} more failed.</p>" if left else ""
    return f'<section class="failures"><h2>Failed</h2><ul>\n{rows}\n</ul>{more}</section>'


def _failure(error: SeedcleanError) -> str:
    return f"<b>{escaped(error.code)}</b> {clipped(str(error), _MESSAGE_CHARS)}"
