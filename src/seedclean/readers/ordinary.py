"""The compiled part of the reader of pages: `_ordinary.c` takes the tokens of which little matters, where it is built and wanted.

`Feed.take` in html.py says what each token does, and a change is made to it first. The extension reads and writes the slots of
the objects named here; what it does not know it leaves to them.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from turbohtml import TokenType

from seedclean.model.compiled import is_pure
from seedclean.model.document import Element
from seedclean.model.limits import ELEMENT_DEPTH
from seedclean.readers import html_tags, looks
from seedclean.readers.asides import Asides
from seedclean.readers.block_builder import Builder
from seedclean.readers.block_writer import BlockWriter
from seedclean.readers.element_stack import ElementStack
from seedclean.readers.html_tags import Traits
from seedclean.readers.inline import InlineText
from seedclean.readers.looks import Look
from seedclean.readers.text_context import TextContext

if TYPE_CHECKING:
    from seedclean.readers._ordinary import Reader

ACCOUNTS = frozenset({"js_name"})
"""Ids of the elements that name the account on WeChat's pages."""
_ENDS_MORE = html_tags.ENDS_LATE | {"br", "picture", "pre", "rt"}
"""Tags whose end tag does more than to end an element."""


def reader(feed: type) -> Reader | None:
    """What takes ordinary tokens for a `Feed`; None where Python does."""
    return None if is_pure() else _reader(feed)


@cache
def _reader(feed: type) -> Reader | None:
    try:
        from seedclean.readers._ordinary import Reader
    except ImportError:  # not built, or built for another machine
        return None
    return Reader(
        (feed, Builder, ElementStack, TextContext, BlockWriter, InlineText, Asides, Look, Traits, Element),
        (TokenType.TEXT, TokenType.CHARACTER_REFERENCE, TokenType.START_TAG, TokenType.END_TAG),
        looks.look,
        looks.TELLING,
        ACCOUNTS,
        html_tags.ENDS_OWN_KIND,
        _ENDS_MORE,
        looks.MAX_CLASS_CHARS,
        ELEMENT_DEPTH,
    )
