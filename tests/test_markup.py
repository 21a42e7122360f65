"""Random documents that mix Markdown and HTML keep the law of spans, and those that once broke it do for ever."""

from __future__ import annotations

import pytest
from conftest import shared
from hypothesis import given, settings
from hypothesis import strategies as st
from markup import document, fault


@settings(max_examples=400)
@given(st.randoms(use_true_random=False), st.sampled_from(["md", "html", "txt"]))
def test_random_markup_keeps_the_law_of_spans(random: object, suffix: str) -> None:
    text = document(random)  # type: ignore[arg-type] # Hypothesis' own kind of random.Random
    assert not fault(text, suffix), text


@pytest.mark.parametrize(
    "text",
    [
        "[^1]:**>**", "---\n[^1]:---\n?", "[^1]:-", "# A" + "<details>" * 255 + "B", "# A" + "<details>" * 300 + "B\n\nC\n\n# D",
        "**" + "<em>" * 300 + "a**b", "[^1]:![](u)", "[^1]:\n```\na", "> [^1]: > a\n\n- [^2]:# b", "[" + "<div>" * 260 + "a](u)\n\nb",
        "| a | b |\n|-|-|\n| <td> c | d |", "- a</ul>b\n- c", "*a</em>b*c", "1. <pre>\n\n2. b",
    ],
)  # fmt: skip
def test_documents_that_broke_it(text: str) -> None:
    assert not fault(text, "md")


@pytest.mark.parametrize(
    "name",
    [
        "overlap-footnote.md",
        "overlap-footnote2.md",
        "overlap-heading.md",
        "0943-enc+nest.mdx",
        "1001-nest+front+trunc.md",
    ],
)
def test_hostile_documents(name: str) -> None:
    found = [path for path in shared("hostile") if path.name == name]
    if not found:
        pytest.skip("../shared/hostile is not here")
    assert not fault(found[0].read_text("utf-8", "replace"), "md")
