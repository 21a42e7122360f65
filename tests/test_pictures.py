"""Pictures that a page has twice over are one block."""

from __future__ import annotations

import pytest

from seedclean.model.document import Source
from seedclean.readers import read

_PIXEL = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"


def urls(html: str) -> list[str]:
    return [block.url for block in read(Source("a.html", html.encode())).blocks if block.kind == "image"]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (f'<img src="{_PIXEL}"><noscript><img src=b.jpg></noscript>', ["b.jpg"]),
        ("<img data-src=b.jpg src=wait.svg><noscript><img src=b.jpg></noscript>", ["b.jpg"]),
        (f'<noscript><img src=b.jpg></noscript><img src="{_PIXEL}">', ["b.jpg"]),
        (f'<span><img src="{_PIXEL}"><noscript><img src=b.jpg></noscript></span>', ["b.jpg"]),
        ("<img src=b-300x200.jpg><img src=b-1200x800.jpg?x=1>", ["b-300x200.jpg"]),
        (
            '<div class="d-mobile"><img src=m.jpg alt="A weir"></div><div class="d-desktop"><img src=b.jpg alt="A weir"></div>',
            ["m.jpg"],
        ),
        (f'<picture><source srcset="b.webp 1x, c.webp 2x"><img src="{_PIXEL}"></picture>', ["b.webp"]),
        ("<picture><source srcset=b.webp></picture><img src=c.jpg>", ["c.jpg"]),
        ("<img src=b.jpg?w=20><noscript><img src=b.jpg?w=900></noscript>", ["b.jpg?w=900"]),
        (
            f'<img src="{_PIXEL}" data-src=\'{{"small":"https:\\/\\/a.example\\/s.jpg","large":"/l.jpg"}}\'>',
            ["https://a.example/s.jpg"],
        ),
        ("<img src=b.jpg data-src='{}'>", ["b.jpg"]),
        (f'<img src="{_PIXEL}">', [""]),
        (f'<img src="data:image/png;base64,{"A" * 400}">', ["data:image/png"]),
        ("<img src=a.jpg><img src=b.jpg>", ["a.jpg", "b.jpg"]),
        ('<img src=a.jpg alt="图片"><img src=b.jpg alt="图片">', ["a.jpg", "b.jpg"]),
        ("<img src=a.jpg><p>a</p><img src=a.jpg>", ["a.jpg", "a.jpg"]),
        ("<ul><li><img src=a.jpg><li><img src=a.jpg></ul>", ["a.jpg", "a.jpg"]),
        ("<p>a <img src=b.jpg><noscript><img src=b.jpg></noscript></p>", ["b.jpg"]),
        ("<picture><source srcset=b.webp><img src=b.jpg></picture><img>", ["b.jpg", ""]),
        ("<picture><source srcset=b.webp></picture><img>", [""]),
        ("<video><source src=b.mp4></video><img>", [""]),
        ("<div><amp-img src=b.jpg></amp-img></div>", ["b.jpg"]),
        ("<div><amp-img src=b.jpg><noscript><img src=b.jpg></noscript></amp-img></div>", ["b.jpg"]),
    ],
)
def test_pictures(html: str, expected: list[str]) -> None:
    assert urls(html) == expected


@pytest.mark.parametrize(
    ("alt", "text"),
    [("😀", "a 😀 b"), ("👨‍👩‍👧", "a 👨‍👩‍👧 b"), ("❤️", "a ❤️ b"), ("😀 grin", "a b"), ("*", "a b"), ("", "a b")],
)
def test_an_emoji_that_is_drawn_is_text(alt: str, text: str) -> None:
    (block,) = read(Source("a.html", f'<p>a <img class="emoji" src="1f600.svg" alt="{alt}"> b</p>'.encode())).blocks
    assert block.text == text


def test_a_picture_of_a_script_nobody_knows() -> None:
    assert urls('<img data-some-loader="/b/real.jpg?w=1" data-caption="A weir" src="">') == ["/b/real.jpg?w=1"]
    assert urls('<img data-other="/b/other.jpg" src="real.jpg">') == ["real.jpg"]
    assert urls('<img data-caption="See b.jpg">') == [""]


@pytest.mark.parametrize(
    ("attributes", "is_hidden"),
    [
        ("width=1 height=1", True),
        ("width=26 height=1", True),
        ('width="100%" height="2"', True),
        ("width=30 height=20", False),
        ("height=1", False),
        ("width=1 height=1 data-src=real.jpg", False),
    ],
)
def test_a_pixel_is_no_picture(attributes: str, is_hidden: bool) -> None:
    (block,) = read(Source("a.html", f"<img src=b.gif {attributes}>".encode())).blocks
    assert block.hidden == ("pixel" if is_hidden else "")


def test_a_pixel_in_a_line_leaves_no_mark() -> None:
    (block,) = read(Source("a.html", b"<p>a <img src=b.gif width=1 height=1> b</p>")).blocks
    assert not block.marks


def test_a_pair_has_the_span_and_the_words_of_both() -> None:
    html = f'<p>a</p><img src="{_PIXEL}"><noscript><img src=b.jpg alt="A weir"></noscript>'
    block = read(Source("a.html", html.encode())).blocks[-1]
    assert block.alt == "A weir"
    assert html[block.start : block.end].startswith("<img src=")
    assert html[block.start : block.end].endswith('alt="A weir">')


@pytest.mark.parametrize("name", ["data-cfsrc", "data-lazyload", "data-img-src", "zoomfile", "file", "_src"])
def test_a_picture_that_a_script_loads(name: str) -> None:
    assert urls(f'<p>a</p><img src="none.gif" {name}="real.jpg"><p>b</p>') == ["real.jpg"]
