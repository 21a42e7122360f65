"""The open elements of HTML, and which of them a tag ends.

A subset of the tree construction of the HTML standard (https://html.spec.whatwg.org/multipage/parsing.html, section
13.2.6), which is all that blocks of text and rules on their ancestors need; docs/html.md lists it for users. Followed:

- A start tag of a block ends an open `p` ("close a p element", 13.2.6.4.7), unless another block is open inside it.
- A start tag of `li`, `dt`, `dd`, `option` and of the parts of a table ends an open element of the same sort
  (13.2.6.4.7, 13.2.6.4.9, 13.2.6.4.13 to 15), up to the list, table or cell around it.
- An end tag ends the innermost open element of its name and all inside it ("any other end tag"); beyond a table, a cell
  or another element of `html_tags.SCOPE` it has no effect ("has an element in scope").
- An inline end tag whose element holds an open block ends only that element and the block goes on, as in the result of
  the "adoption agency algorithm".
- An end tag without an open element has no effect, nor have those of `body` and `html` ("after body").
- A start tag of a heading ends a heading that is the innermost element; one of `a` or `button` an open one; `rt`, `rp` and
  `rb` the one before. The block builder does this.

Left out, because they do not change which text is one block, or occur only in broken pages: insertion modes, implied `html`,
`head`, `body` and `tbody`, foster parenting of text in tables, reconstruction of active formatting elements, `p` for a
`</p>` without a start tag, foreign content, and `form` and `nobr` inside their own kind.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from seedclean.model.document import Element
from seedclean.model.limits import ELEMENT_DEPTH
from seedclean.readers import html_tags
from seedclean.readers.html_tags import Traits

_START_TAG_SEARCH = 64
"""A start tag searches fewer open elements than this for one that it ends. Real pages are less than 60 deep; without a
bound, 100,000 nested tags would take quadratic time."""
_END_TAG_SEARCH = 256
"""The same bound for an end tag and for an open paragraph. It is larger because unclosed inline elements pile up between
an element and its end tag."""


class ElementStack:
    """The open elements, the innermost last. It finds the element that a tag ends; the caller pops, as it ends the text.

    Callers read `element`, the innermost one, None outside all; `entries`, all of them (tag, element, traits); and
    `counts`, how many of each tag are open. Elements nested deeper than ELEMENT_DEPTH are on the stack, but
    have no `Element` of their own: the one at that depth stands for them.
    """

    __slots__ = ("counts", "element", "entries")

    def __init__(self) -> None:
        self.element: Element | None = None
        self.entries: list[tuple[str, Element | None, Traits]] = []
        self.counts: defaultdict[str, int] = defaultdict(int)

    def push(
        self, tag: str, attrs: Mapping[str, str], traits: Traits, classes: frozenset[str], hidden: str = ""
    ) -> None:
        """Open an element; `hidden` says why it is not shown, if it is the outermost that is not."""
        element = parent = self.element
        depth = parent.depth + 1 if parent is not None else 0
        if depth < ELEMENT_DEPTH:
            if parent is not None and parent.hidden:
                hidden = parent.hidden
            self.element = element = Element(tag, attrs, parent, depth, classes, hidden)
        self.entries.append((tag, element, traits))
        self.counts[tag] += 1

    def pop(self) -> None:
        """Close the innermost element."""
        entries = self.entries
        self.counts[entries.pop()[0]] -= 1
        self.element = entries[-1][1] if entries else None

    def remove(self, index: int) -> Traits:
        """Close one element and leave those inside it open; return its traits."""
        tag, _, traits = self.entries.pop(index)
        self.counts[tag] -= 1
        self.element = self.entries[-1][1] if self.entries else None
        return traits

    def paragraph(self) -> int | None:
        """Index of the open paragraph that the start tag of a block ends."""
        for index in self._outwards(_END_TAG_SEARCH):
            tag, _, traits = self.entries[index]
            if tag == "p":
                return index
            if traits.block:
                return None
        return None

    def implied_end(self, implied_ends: tuple[frozenset[str], frozenset[str]]) -> int | None:
        """Index of the element, such as the item before, that a start tag ends by its entry in `IMPLIED_ENDS`."""
        ends, limits = implied_ends
        for index in self._outwards(_START_TAG_SEARCH):
            tag = self.entries[index][0]
            if tag in limits:
                return None
            if tag in ends:
                return index
        return None

    def matching(self, tag: str) -> tuple[int, bool] | None:
        """Index of the element that an end tag ends, and whether a block is open inside it; None if it ends nothing."""
        crosses_block = False
        for index in self._outwards(_END_TAG_SEARCH):
            name, _, traits = self.entries[index]
            if name == tag:
                return index, crosses_block
            if name in html_tags.SCOPE and (name == "table" or tag not in html_tags.TABLE_PART):
                return None
            crosses_block = crosses_block or traits.block
        return None

    def _outwards(self, bound: int) -> range:
        """Indices of fewer than `bound` open elements, from the innermost outwards."""
        size = len(self.entries)
        return range(size - 1, max(-1, size - bound), -1)
