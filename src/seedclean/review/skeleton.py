"""A rule to start from, for a block that was judged wrongly."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from seedclean.model import limits
from seedclean.model.document import Block, Decision, Detection, Element
from seedclean.model.vocabulary import CATEGORIES
from seedclean.packs.context import link_target
from seedclean.packs.selectors import parse_selector
from seedclean.record.escaping import MISLEADING
from seedclean.values.text import normal

_SAYS_CHARS = 200
_PREFIX_CHARS = 60
_SELECTORS = 3
_SIGNS = frozenset("\\.+*?()|[]{}^$")


def skeleton(decision: Decision, detection: Detection) -> str:
    """The rule in TOML that decides the other way on this block; empty where no rule can.

    Name and why are to be filled in; each rule has the same name, so `seedclean check` refuses two that nobody named.
    """
    if out_of_reach(decision):
        return ""
    block = decision.block
    lines = [f"[[rule]] # for {_place(decision, detection)}"]
    if decision.verdict == "remove":
        lines += ['keep = "name-me"', 'why = "Say in a sentence why this is part of the document."']
    else:
        lines += [
            'remove = "name-me"',
            f'category = "interface" # or {", ".join(CATEGORIES[1:])}',
            'why = "Say in a sentence why this is not part of the document."',
        ]
    if decision.verdict == "remove" and block.hidden:
        lines.append(f"hidden = {_string(block.hidden)}")
    lines += _conditions(block)
    return "\n".join(lines)


def out_of_reach(decision: Decision) -> str:
    """Why no rule can decide on a block, in a sentence; empty where one can."""
    if decision.block.kind == "metadata":
        return "No rule speaks of it: [front] in a pack says what its keys mean."
    if decision.by in ("extractor", "site-config"):
        return "No rule changes this: the extractor or site configuration of the origin decides before all rules."
    return ""


def _place(decision: Decision, detection: Detection) -> str:
    """The pack for the rule: within one the first rule that holds decides, and the more particular pack comes first."""
    pack = decision.rule.partition("/")[0]
    if decision.by == "rule" and pack in (detection.account, detection.origin):
        place = f"the pack {pack}, above the rule {decision.rule}"
    else:
        place = f"the pack {detection.origin}" if detection.origin else "a pack of its site: `seedclean new` begins one"
    return MISLEADING.sub("", normal(place))


def _conditions(block: Block) -> list[str]:
    selectors = list(islice(_selectors(block.element), _SELECTORS))
    inside = [f"inside = [{', '.join(map(_string, selectors))}]"] if selectors else []
    text = normal(block.text or block.alt)
    kind = f"kind = {_string(block.kind)}"
    if len(text) > limits.PATTERN_CHARS:
        return [kind, *inside] if inside else ["# Its text is too long for `says`: say where it stands."]
    target = link_target(block)
    if not text and target:
        condition = f"url = {_string(_pattern(target))}"
    elif len(text) <= _SAYS_CHARS:
        condition = f"says = {_string(text)}"
    else:
        condition = f"matches = {_string(_pattern(text[:_PREFIX_CHARS]) + '.*')}"
    return [kind, condition, *(f"# {line}" for line in inside)]


def _selectors(element: Element | None) -> Iterator[str]:
    """Selectors of the elements around a block that have an id or classes, the nearest first."""
    while element is not None:
        names = (
            [f"#{element.attrs['id']}"] if element.attrs.get("id") else [f".{name}" for name in sorted(element.classes)]
        )
        if names and element.tag not in ("html", "body"):
            selector = element.tag + "".join(names)
            if _selects(selector, element):
                yield selector
        element = element.parent


def _selects(selector: str, element: Element) -> bool:
    """Whether the selector can be written in a rule file and matches its element: an id may hold any character."""
    try:
        return len(selector) <= _SAYS_CHARS and parse_selector(selector).matches(element)
    except ValueError:
        return False


def _pattern(text: str) -> str:
    return "".join(f"\\{sign}" if sign in _SIGNS else sign for sign in text)


def _string(text: str) -> str:
    """A basic string of TOML. What misleads a reader is written as an escape; a lone surrogate has none."""
    quoted = text.replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t").replace("\n", "\\n")
    return f'"{MISLEADING.sub(lambda match: _escape(ord(match[0])), quoted)}"'


def _escape(code: int) -> str:
    if 0xD800 <= code <= 0xDFFF:
        return "\ufffd"
    return f"\\u{code:04X}" if code <= 0xFFFF else f"\\U{code:08X}"
