"""The look of an element: most classes say nothing, and are not asked for one by one."""

from __future__ import annotations

from types import ModuleType

import pytest

from seedclean.readers import asides, formulas, html_tags, listings, looks, statements, visibility

_TAGS = ("a", "code", "div", "li", "p", "pre", "section", "span", "table", "td")
_MODULES = (asides, formulas, listings, statements, visibility)


def _words(module: ModuleType) -> set[str]:
    """All words in the module's tables of words, its classes among them."""
    tables = [value for value in vars(module).values() if isinstance(value, frozenset | tuple)]
    return {word for table in tables for word in table if isinstance(word, str)}


@pytest.mark.parametrize("module", _MODULES)
def test_no_class_that_a_module_knows_is_passed_over(module: ModuleType) -> None:
    names = [
        form for word in _words(module) for form in (word, word.upper(), f"x-{word}", f"{word}-x", f"box {word} wide")
    ]
    for tag in _TAGS:
        for name in names:
            attrs = {"class": name}
            assert looks.look(tag, attrs) == looks.worked_out(tag, name, frozenset()), (tag, name)


@pytest.mark.parametrize(
    ("tag", "names", "told", "field", "value"),
    [
        ("div", "sr-only", "", "hidden", "class"),
        ("div", "My_VisuallyHidden", "", "hidden", "class"),
        ("span", "sidenote", "", "is_note", True),
        ("div", "fragment", "", "is_ordinary", False),
        ("td", "blob-num", "", "hidden", "gutter"),
        ("span", "katex", "", "begins_formula", True),
        ("p", "byline-author", "", "states", True),
        ("p", "wide", "itemprop", "states", True),
        ("p", "wide", "style", "is_plain", False),
        ("p", "wide", "", "is_shown", True),
    ],
)
def test_a_class_or_an_attribute_changes_the_look(tag: str, names: str, told: str, field: str, value: object) -> None:
    attrs = {"class": names, told: ""} if told else {"class": names}
    assert getattr(looks.look(tag, attrs), field) == value


def test_tags_that_the_reader_takes_apart_are_not_ordinary() -> None:
    assert not any(looks.look(tag, {}).is_ordinary for tag in html_tags.SPECIAL | html_tags.RAW)
