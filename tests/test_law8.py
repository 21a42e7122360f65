"""Law 8: knowing more never makes it worse. The fixtures of each origin in other shapes, and pages of no origin under an address.

A score is F1 over character 4-grams against the text that the golden record keeps. What the golden moves to metadata, the
headline or a line of credits, counts neither way, as in the scorer of the labelled corpora. Nothing is compared with 1:
the floor of a variant is the score of the same document without what the variant adds.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any

import pytest
import variants
from conftest import FIXTURES, cleaned, documents, named

from seedclean.model.document import Source
from seedclean.packs.pack import Pack, Rule
from seedclean.packs.registry import Registry, load
from seedclean.packs.selectors import Selector
from seedclean.pipeline import examine
from seedclean.readers import read
from seedclean.record.assembly import Cleaned

TOLERANCE = 0.02
"""How far a score may fall where more is known: a fixture of 600 letters that keeps a line of twelve more scores .99."""

SHAPE_TOLERANCE = 0.05
"""How far a score may fall where the shape changes: without its element, a dateline or a caption has to be guessed."""

SUFFIXES = (".md", ".html", ".txt", "")
_METADATA = ("credit", "duplicate")
_UNKNOWN = FIXTURES / "unknown"
_PAGES = ("page.html", "page-in-markdown.md", "page-of-text.txt")
"""Of the pages of no origin, those that get each line of each origin: a whole page in each form."""

FALLS: dict[str, str] = {
    "shape": (
        "buaq-text dw-text ftchinese-text ifeng-markdown ifeng-renamed ifeng-text medium-text "
        "netease-markdown nyt-text openai-text people-markdown people-renamed people-text reuters-text "
        "rfa-renamed rfa-text rfi-renamed rfi-text sina-markdown sina-renamed sina-text sohu-markdown "
        "sohu-text southcn-markdown southcn-text substack-markdown substack-renamed substack-text "
        "tencent-news-markdown tencent-news-renamed tencent-news-text thehackernews-text thepaper-markdown "
        "thepaper-text wechat-cinfosec-text wechat-codesafe-text wechat-markdown wechat-renamed wechat-text "
        "wordpress-markdown wordpress-text xinhua-markdown xinhua-renamed xinhua-text"
    ),
    "pack": (
        "buaq-text ifeng-markdown tencent-news-renamed thehackernews-text wechat-cinfosec-text wechat-renamed "
        "xinhua-renamed"
    ),
    "address": ("gmw wordpress"),
    "line": ("gmw netease"),
}
"""Known violations: for each test the cases that fall. Strict: what no longer falls must leave this table."""


@dataclass(frozen=True, slots=True)
class Variant:
    """A variant of a fixture; `source` gives None where a document has no such variant."""

    name: str
    source: Callable[[Path], Source | None]


def _renamed(path: Path) -> Source | None:
    text = cleaned(path).document.text
    other = variants.renamed(text)
    return _source(path, other) if other != text else None


def _with_suffix(suffix: str) -> Callable[[Path], Source | None]:
    def source(path: Path) -> Source | None:
        """The same bytes, where the reader takes them for the same format under this suffix."""
        other = Source(PurePosixPath(named(path)).with_suffix(suffix).as_posix(), path.read_bytes())
        return other if path.suffix != suffix and read(other).format == cleaned(path).document.format else None

    return source


def _under_front_matter(path: Path) -> Source | None:
    document = cleaned(path).document
    if any(block.kind == "metadata" and block.element is None for block in document.blocks):
        return None
    return _source(path, variants.under_front_matter(document.text))


def _as_markdown(path: Path) -> Source | None:
    document = cleaned(path).document
    return _source(path, variants.as_markdown(document.blocks), ".md") if document.format == "html" else None


def _as_text(path: Path) -> Source | None:
    document = cleaned(path).document
    return _source(path, variants.as_text(document.blocks), ".txt") if document.format != "text" else None


VARIANTS = (
    Variant("renamed", _renamed),
    *(Variant(f"suffix{suffix or '-none'}", _with_suffix(suffix)) for suffix in SUFFIXES),
    Variant("front-matter", _under_front_matter),
    Variant("markdown", _as_markdown),
    Variant("text", _as_text),
)


def _source(path: Path, text: str, suffix: str = "") -> Source:
    """A variant with the address of its fixture: what is known besides the text does not change."""
    name = PurePosixPath(named(path)).with_suffix(suffix or path.suffix)
    return Source(name.as_posix(), text.encode("utf-8", "replace"), _address(cleaned(path)) if suffix else ())


def _address(result: Cleaned) -> tuple[tuple[str, str], ...]:
    url = result.record.to_dict()["url"]
    return (("url", url),) if url and (result.detection.clue or "").startswith("address/") else ()


def _origins() -> list[Pack]:
    return [pack for pack in load().packs.values() if pack.role == "origin"]


@cache
def _variants() -> list[tuple[Pack, str, list[tuple[Path, Source]]]]:
    """Each origin and variant with the fixtures that have such a variant."""
    cases = []
    for pack in _origins():
        for variant in VARIANTS:
            sources = [(path, variant.source(path)) for path in documents(FIXTURES / pack.id)]
            present = [(path, source) for path, source in sources if source is not None]
            if present:
                cases.append((pack, variant.name, present))
    return cases


def _cases(test: str) -> list[Any]:
    return [_case(test, f"{pack.id}-{variant}", pack, sources) for pack, variant, sources in _variants()]


def _addressed_cases(test: str) -> list[Any]:
    return [_case(test, pack.id, pack) for pack in _origins() if pack.host and not pack.extends]


def _case(test: str, name: str, *values: Any) -> Any:
    marks = [pytest.mark.xfail(reason="a known violation", strict=True)] if name in FALLS[test].split() else []
    return pytest.param(*values, id=name, marks=marks)


@pytest.mark.parametrize(("pack", "sources"), _cases("shape"))
def test_a_fixture_in_another_shape_scores_no_less(pack: Pack, sources: list[tuple[Path, Source]]) -> None:
    _none_falls([(path.name, _score(path, source), _plain(path) - SHAPE_TOLERANCE) for path, source in sources])


@pytest.mark.parametrize(("pack", "sources"), _cases("pack"))
def test_a_pack_takes_nothing_from_a_shape_it_does_not_know(pack: Pack, sources: list[tuple[Path, Source]]) -> None:
    """With the rules of its origin a variant scores no less than as a document of no origin."""
    family = {pack.id, pack.extends, *(account.id for account in load().accounts(pack.extends or pack.id))}
    others = replace(load(), packs={id: other for id, other in load().packs.items() if id not in family})
    _none_falls([(path.name, _score(path, one), _score(path, one, others) - TOLERANCE) for path, one in sources])


@pytest.mark.parametrize("pack", _addressed_cases("address"))
def test_an_address_takes_nothing_from_a_page_of_no_origin(pack: Pack) -> None:
    scores = []
    for path in documents(_UNKNOWN):
        source = _addressed(path, pack)
        assert examine(source, load()).detection.origin == pack.id
        scores.append((path.name, _score(path, source), _plain(path) - TOLERANCE))
    _none_falls(scores)


@pytest.mark.parametrize("pack", _addressed_cases("line"))
def test_a_line_for_the_rules_of_an_address_takes_nothing_from_a_page(pack: Pack) -> None:
    """One line more at the foot, such as one rule of the origin removes by itself: each line of its fixtures in turn."""
    scores = []
    for path in (_UNKNOWN / name for name in _PAGES):
        for rule, text in _lines(pack):
            result = examine(_addressed(path, pack, (rule, text)), load())
            if any(one.rule == rule.id for one in result.decisions):
                scores.append((f"{path.name} + {rule.id}", _f1(path, result), _plain(path) - TOLERANCE))
    _none_falls(scores)


def test_the_known_violations_are_cases() -> None:
    shapes = {f"{pack.id}-{variant}" for pack, variant, _ in _variants()}
    hosts = {pack.id for pack in _origins() if pack.host and not pack.extends}
    cases = {"shape": shapes, "pack": shapes, "address": hosts, "line": hosts}
    assert {test: set(names.split()) - cases[test] for test, names in FALLS.items()} == {test: set() for test in cases}


def _none_falls(scores: list[tuple[str, float, float]]) -> None:
    """No score of a document is below its floor; the message names each that is."""
    falls = [f"{name} {score:.3f} < {floor:.3f}" for name, score, floor in scores if score < floor]
    assert not falls, "; ".join(falls)


def _addressed(path: Path, pack: Pack, line: tuple[Rule, str] | None = None) -> Source:
    """A page under an origin's address, and with one more line at its foot."""
    document = cleaned(path).document
    url = f"https://www.{pack.host[0]}/a/2024/05/17/another-page"
    if document.format == "html":
        html = variants.with_address(document.text, url)
        return Source(named(path), (variants.with_line(html, _element(*line)) if line else html).encode())
    text = document.text.rstrip("\n") + (f"\n\n{line[1]}\n" if line else "\n")
    return Source(named(path), text.encode(), (("url", url),))


@cache
def _lines(pack: Pack) -> list[tuple[Rule, str]]:
    """The lines that rules of a pack remove from its fixtures by what the line itself is, each rule's once."""
    lines: dict[str, tuple[Rule, str]] = {}
    bodies = {selector for rule in pack.rules if rule.id in pack.frame for selector in rule.condition.inside}
    rules = {
        rule.id: rule
        for rule in pack.rules
        # within the element of a body, a line would be a second body
        if rule.verdict == "remove" and not rule.surroundings() and bodies.isdisjoint(rule.condition.inside)
    }
    for path in documents(FIXTURES / pack.id):
        for one in cleaned(path).decisions:
            text = " ".join(one.block.text.split())
            if one.verdict == "remove" and one.rule in rules and text:
                lines.setdefault(one.rule, (rules[one.rule], text))
    return list(lines.values())


def _element(rule: Rule, text: str) -> str:
    """The line as an element that the rule's selector holds for."""
    selector = rule.condition.inside[0] if rule.condition.inside else Selector("p")
    names = {"class": " ".join(sorted(selector.classes)), "id": selector.id, **{k: v for k, _, v in selector.attrs}}
    attrs = "".join(f' {name}="{value}"' for name, value in names.items() if value)
    tag = selector.tag or "div"
    return f"<{tag}{attrs}>{text}</{tag}>"


def _score(path: Path, source: Source, registry: Registry | None = None) -> float:
    return _f1(path, examine(source, registry or load()))


def _plain(path: Path) -> float:
    """The score of a fixture as it is: 1 unless its golden is of another state of the rules."""
    return _f1(path, cleaned(path))


def _f1(path: Path, result: Cleaned) -> float:
    """F1 of what is kept of a variant of a fixture, against its golden record."""
    golden = json.loads(path.with_suffix(".json").read_text("utf-8"))
    wanted = _grams(_texts(golden))
    spare = _grams(
        [
            *(block["text"] for block in golden["removed"] if block["category"] in _METADATA),
            *(block.text for block in cleaned(path).document.blocks if block.kind == "metadata"),
        ]
    )
    given = _grams(_texts(result.record.to_dict()))
    hits = (wanted & given).total()
    extra = ((given - wanted) - spare).total()
    if not wanted:
        return float(not extra)
    return 2 * hits / (hits + extra + wanted.total())


def _texts(record: dict[str, Any]) -> list[str]:
    return [record["text"], *(version["text"] for version in record["translations"])]


def _grams(texts: list[str]) -> Counter[str]:
    """The 4-grams of letters and digits of each line."""
    lines = ["".join(filter(str.isalnum, line.casefold())) for text in texts for line in text.split("\n")]
    return Counter(line[at : at + 4] for line in lines if line for at in range(max(1, len(line) - 3)))
