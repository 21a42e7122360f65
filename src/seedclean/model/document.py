"""The nouns of the project: source, element, mark, block, document, decision, policy.

All are frozen: the type checker sees to it, as guarding each at run time doubles what making one costs. Every offset is
a code point of the decoded text; every span is half-open: [start, end).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal, TypeVar, dataclass_transform

from seedclean.model.vocabulary import Author, Verdict

_Noun = TypeVar("_Noun")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def noun(kind: type[_Noun]) -> type[_Noun]:
    """A dataclass with slots, hashed by its values, that nobody changes once it is made: thousands are, for a page."""
    return dataclass(slots=True, unsafe_hash=True)(kind)


@dataclass(frozen=True, slots=True)
class Source:
    """The bytes of one document, with the path that its record will bear.

    `stated` is what a container says of the document in it, name and value: an archive's address, a mail's subject.
    `url` is the document's address where the caller knows it, and goes before all that the document says. `format` is
    `html`, `markdown` or `text` where the caller knows it: then the bytes are one document, and no container. `warnings`
    are codes for the record.
    """

    path: str
    data: bytes
    stated: tuple[tuple[str, str], ...] = ()
    url: str = ""
    format: str = ""
    warnings: tuple[str, ...] = ()


class Element:
    """An HTML element that a block stands in; `parent` leads to the root. Compared by identity.

    `hidden` says why a browser does not show what is in it, and is empty where it does (see `readers/visibility.py`).
    """

    __slots__ = ("attrs", "classes", "depth", "hidden", "parent", "tag")

    def __init__(
        self,
        tag: str,
        attrs: Mapping[str, str],
        parent: Element | None,
        depth: int,
        classes: frozenset[str],
        hidden: str = "",
    ) -> None:
        self.tag: Final = tag
        self.attrs: Final = attrs
        self.parent: Final = parent
        self.depth: Final = depth
        self.classes: Final = classes
        self.hidden: Final = hidden


@noun
class Mark:
    """A stand-off annotation over the text of its block: `start` and `end` are code points of that text."""

    start: int
    end: int
    type: str
    url: str | None = None


@noun
class Block:
    """The unit that is kept or removed as one. `start` and `end` are its span in the decoded source.

    `number` is that of a list item where the source writes it: HTML's own numbers are not text. `hidden` says why a
    browser does not show the block, in the words of `readers/visibility.py`; empty where it does.
    """

    kind: str
    start: int
    end: int
    text: str = ""
    level: int = 0
    depth: int = 0
    ordered: bool = False
    number: str = ""
    url: str = ""
    alt: str = ""
    code: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    marks: tuple[Mark, ...] = ()
    element: Element | None = None
    hidden: str = ""


@noun
class RawMetadata:
    """One thing a document says of itself: a front matter key, a meta tag, an address; `place` names where."""

    place: str
    name: str
    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Document:
    """A source that has been read: its text, its blocks in source order, and what it states of itself."""

    path: str
    data: bytes
    text: str
    encoding: str
    encoding_known_by: str
    format: str
    blocks: tuple[Block, ...]
    stated: tuple[RawMetadata, ...] = ()
    front: Mapping[str, object] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """A value that some place of the document has for a field: text, or names."""

    field: str
    value: str | tuple[str, ...]
    origin: str
    start: int
    end: int


@noun
class Decision:
    """What becomes of one block, by which rule, and who made the decision.

    `category` is set where the verdict is remove, and where the policy turned a removal into a keep. `label` names the metadata that the block became, or the kind that it
    is kept as.
    """

    block: Block
    verdict: Verdict
    rule: str
    category: str = ""
    label: str = ""
    by: Author = "rule"


@dataclass(frozen=True, slots=True)
class Opinions:
    """What the extractor in code or the site configuration of an origin says of a document.

    `decisions` has one entry for each block, in order: None for a block that it abstains from. It is empty where it
    abstains from all of them. `metadata` holds values by field; they overrule all others.
    """

    decisions: tuple[Decision | None, ...] = ()
    metadata: Mapping[str, Candidate] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Policy:
    """What a user wants besides the document itself; categories in alphabetical order.

    Blocks of the categories in `keep` are kept although a rule or the classifier removes them. Rules of the categories in
    `drop` remove even where a page seems to consist of what they remove, as a page of teasers does.
    """

    keep: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What surrounds the text of a document, which sets the classifier's threshold. `why` is a sentence for a person.

    `framed`: the origin's own rules delimit the body, the classifier is not asked. `page`: boilerplate surrounds the
    text, each block is classified. `excerpt`: no page surrounds it, only its ends are classified.
    """

    kind: Literal["framed", "page", "excerpt"]
    why: str


@dataclass(frozen=True, slots=True)
class Detection:
    """Who published a document and how it was saved; empty strings where unknown. `clue` says what decided.

    Captures nest: `nested` are those whose marks stand inside what `capture` wrote.
    """

    origin: str = ""
    account: str = ""
    capture: str = ""
    clue: str = ""
    rivals: tuple[str, ...] = ()
    nested: tuple[str, ...] = ()
