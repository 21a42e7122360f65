"""Front matter: values as written, lenient reading where YAML fails, and bounded cost of hostile input."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedclean import clean
from seedclean.model.document import Source
from seedclean.readers import read
from seedclean.readers.frontmatter import split_front_matter


def values(inside: str) -> tuple[object, list[str]]:
    front = split_front_matter(f"---\n{inside}\n---\nbody")
    assert front is not None
    return front.values, front.warnings


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        ("date: 2024-05-16", {"date": "2024-05-16"}),
        ("a: yes\nb: 012\nc: null\nd:", {"a": "yes", "b": "012", "c": "null", "d": ""}),
        ("tags: \n- a\n- b", {"tags": ["a", "b"]}),
        ('title: "a: b"', {"title": "a: b"}),
        ("a: {b: c}", {"a": {"b": "c"}}),
        ("标题: 一", {"标题": "一"}),
    ],
)
def test_values_are_strings_as_written(inside: str, expected: dict[str, object]) -> None:
    assert values(inside) == (expected, [])


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        ("title: a: b\ndate: 2024-05-16", {"title": "a: b", "date": "2024-05-16"}),
        ("title: 'a\ntags:\n- x\n- y", {"title": "'a", "tags": ["x", "y"]}),
        ("a: &x [1]\nb: *x", {"a": "&x [1]", "b": "*x"}),
        ("title: [a", {"title": "[a"}),
    ],
)
def test_invalid_yaml_is_read_line_by_line(inside: str, expected: dict[str, object]) -> None:
    assert values(inside) == (expected, ["front-matter-lenient"])


def test_an_alias_bomb_is_not_expanded() -> None:
    bomb = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "\n".join(
        f"{b}: &{b} [{','.join(['*' + a] * 9)}]" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    result, warnings = values(bomb)
    assert warnings == ["front-matter-lenient"]
    assert len(str(result)) < 2000


def test_deep_and_wide_yaml_is_refused() -> None:
    assert values("a: " + "[" * 30_000)[1] == ["front-matter-lenient"]
    assert values("a: [" + "x," * 25_000 + "]")[1] == ["front-matter-lenient"]


@pytest.mark.parametrize(
    "text",
    ["---\ntitle: a\nno end", "---\n\n---\nb", "--- a\nb: c\n---\n", "a\n---\nb: c\n---\n", "---\njust words\n---\nb"],
)
def test_other_text_between_dashes_is_not_front_matter(text: str) -> None:
    assert split_front_matter(text) is None


def test_unclosed_front_matter_stays_text() -> None:
    record = clean(b"---\ntitle: a\n\nA paragraph.\n")
    assert "title: a" in record.text
    assert "A paragraph." in record.text


def test_stated_is_verbatim() -> None:
    record = clean("---\ntitle: 'a'\nurl: https://a.example/?utm_source=x&id=1\ntags: [b, c]\n---\n\nd\n")
    assert record.stated == {"title": "a", "url": "https://a.example/?utm_source=x&id=1", "tags": ("b", "c")}
    assert record.url == "https://a.example/?id=1"


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=200))
def test_any_front_matter_gives_strings(inside: str) -> None:
    front = split_front_matter(f"---\nk: v\n{inside}\n---\n")

    def strings(value: object) -> bool:
        if isinstance(value, dict):
            return all(isinstance(key, str) and strings(item) for key, item in value.items())
        return all(map(strings, value)) if isinstance(value, list) else isinstance(value, str)

    assert front is None or strings(front.values)


TOML = """+++
title = "潮汐表"
date = 2024-05-16T08:00:00+08:00
draft = false
weight = 7
tags = [
  "海",
  "灯塔",
]
[params]
author = 'Odile'
+++
正文。
"""


def test_toml() -> None:
    front = split_front_matter(TOML)
    assert front is not None
    assert front.warnings == []
    assert front.values == {
        "title": "潮汐表", "date": "2024-05-16T08:00:00+08:00", "draft": "false", "weight": "7", "tags": ["海", "灯塔"], "params": {"author": "Odile"},
    }  # fmt: skip
    assert TOML[front.body :] == "正文。\n"
    assert {entry.name: TOML[entry.start : entry.end] for entry in front.stated}["title"] == 'title = "潮汐表"'
    record = clean(TOML)
    assert (record.title, record.published, record.text) == ("潮汐表", "2024-05-16T08:00:00+08:00", "正文。")


@pytest.mark.parametrize(
    "inside", ['title = "a\ndate = 2024-05-16', "title = a b\ndate = 2024-05-16", 'title = "a"\nx = ' + "[" * 500]
)
def test_invalid_toml_is_read_line_by_line(inside: str) -> None:
    front = split_front_matter(f"+++\n{inside}\n+++\nbody")
    assert front is not None
    assert front.warnings == ["front-matter-lenient"]
    assert "title" in front.values


def test_json() -> None:
    text = '{\n  "title": "潮汐表",\n  "date": "2024-05-16",\n  "tags": ["海"],\n  "weight": 7.50,\n  "draft": true\n}\n\n正文。\n'
    front = split_front_matter(text)
    assert front is not None
    assert front.values == {"title": "潮汐表", "date": "2024-05-16", "tags": ["海"], "weight": "7.50", "draft": "true"}
    assert [text[entry.start : entry.end] for entry in front.stated][:2] == [
        '"title": "潮汐表",',
        '"date": "2024-05-16",',
    ]
    assert clean(text).text == "正文。"


@pytest.mark.parametrize(
    "text",
    [
        "+++\njust words\n+++\nb",
        "+++\na = 1\nno end",
        '{"a": 1}\n',
        '{"a": 1} b\n',
        '{"a": ' + "[" * 50_000 + "\nb",
        "{a: 1}\nb",
        "{\n}\nb",
    ],
)
def test_other_text_that_begins_so_is_not_front_matter(text: str) -> None:
    assert split_front_matter(text) is None


@pytest.mark.parametrize(
    "front",
    [
        '---json\n{{"title": "The {}", "tags": ["sea"]}}\n---\n',
        '---\n{{"title": "The {}", "tags": ["sea"]}}\n---\n',
        '---\n{{\n  "title": "The {}",\n  "tags": ["sea"]\n}}\n---\n',
        ';;;\n{{"title": "The {}", "tags": ["sea"]}}\n;;;\n',
        '---toml\ntitle = "The {}"\ntags = ["sea"]\n---\n',
        "---yaml\ntitle: The {}\ntags: [sea]\n---\n",
    ],
)
def test_the_line_above_may_name_the_language(front: str) -> None:
    source = front.format("eel") + "\nAn eel passed at noon.\n"
    document = read(Source("a.md", source.encode()))
    assert document.front == {"title": "The eel", "tags": ["sea"]}
    assert [block.text for block in document.blocks if block.kind != "metadata"] == ["An eel passed at noon."]
    assert {entry.name for entry in document.stated} == {"title", "tags"}
    assert all(source[entry.start : entry.end].strip() for entry in document.stated)


@pytest.mark.parametrize("front", ["---json\n{a}\n---\n", ";;;\nwords\n;;;\n", '---\n{"a": 1} and more\n---\n'])
def test_what_is_in_no_language_stays_text(front: str) -> None:
    document = read(Source("a.md", f"{front}\nAn eel passed at noon.\n".encode()))
    assert document.front == {}


def test_keys_in_the_first_lines_need_no_divider() -> None:
    text = "\ufeffTitle: The eel: a life\nTags: sea,\n  rivers\nDate: 2024-05-16\n\nAn eel passed at noon.\n"
    front = split_front_matter(text)
    assert front is not None
    assert front.values == {"Title": "The eel: a life", "Tags": "sea, rivers", "Date": "2024-05-16"}
    assert [text[entry.start : entry.end] for entry in front.stated] == [
        "Title: The eel: a life",
        "Tags: sea,\n  rivers",
        "Date: 2024-05-16",
    ]
    assert clean(text).text == "An eel passed at noon."


@pytest.mark.parametrize(
    "text",
    [
        "Title: The eel\n\nAn eel passed.\n",
        "Title: The eel\nWeather: fair\n\nAn eel passed.\n",
        "Title: The eel\nTitle: The pike\n\nAn eel passed.\n",
        "Date: noon\nAuthor: Ann Lee\n\nAn eel passed.\n",
        "Title: The eel\nAuthor: Ann Lee\nAn eel passed.\n",
        "Title: The eel\nAuthor: Ann Lee\n\n",
        "Title: The eel\nSummary: " + "eel " * 20_000 + "\n\nAn eel passed.\n",
        "  Title: The eel\nAuthor: Ann Lee\n\nAn eel passed.\n",
    ],
)
def test_other_first_lines_with_colons_stay_text(text: str) -> None:
    assert split_front_matter(text) is None
