"""Listings of code: one block with its language and its lines, without gutters, whatever elements a page makes it of."""

from __future__ import annotations

import pytest

from seedclean.model.document import Block, Source
from seedclean.readers import read

TWO = "for eel in weir:\n    count += 1"


def shown(html: str) -> list[Block]:
    return [block for block in read(Source("a.html", html.encode())).blocks if not block.hidden]


@pytest.mark.parametrize(
    "html",
    [
        "<pre>for eel in weir:\n    count += 1</pre>",
        "<pre><code>for eel in weir:<br>    count += 1</code></pre>",
        "<pre><div>for eel in weir:</div><div>    count += 1</div></pre>",
        "<pre><code>for eel in weir:</code><code>    count += 1</code></pre>",
        '<pre><span class="line">for eel in weir:</span><span class="line">    count += 1</span></pre>',
        '<pre><ol><li>for eel in weir:<li>    count += 1</ol></pre>',
        '<pre><span class="ln">1</span>for eel in weir:\n<span class="ln">2</span>    count += 1</pre>',
        '<pre><span style="user-select: none">1 </span>for eel in weir:\n<span style="-webkit-user-select:none;user-select:none">2 </span>    count += 1</pre>',
        '<pre><button>Copy</button>for eel in weir:\n    count += 1</pre>',
        '<code style="white-space:pre-wrap">for eel in weir:\n    count += 1</code>',
        "<p><code>for eel in weir:<br>&nbsp;&nbsp;&nbsp;&nbsp;count += 1</code></p>",
        '<table class="lntable"><tr><td><pre><span class="lnt">1\n</span><span class="lnt">2\n</span></pre><td><pre>for eel in weir:\n    count += 1</pre></table>',
        "<table><tr><td><pre>1\n2</pre><td><pre>for eel in weir:\n    count += 1</pre></table>",
        '<table><tr><td class="gutter"><div>1</div><div>2</div></td><td><pre>for eel in weir:\n    count += 1</pre></table>',
        '<div class="syntaxhighlighter nogutter"><table><tr><td class="code"><div class="container"><div class="line"><code>for eel in weir:</code></div>'
        '<div class="line"><code>&nbsp;&nbsp;&nbsp;&nbsp;</code><code>count += 1</code></div></div></table></div>',
        '<div style="font-family: Menlo, monospace; white-space: pre;"><div><span>for eel in weir:</span></div><div>    count += 1</div></div>',
        '<div class="fragment"><div class="line"><a name="l1"></a><span class="lineno">    1</span>for eel in weir:</div>'
        '<div class="line"><span class="lineno">    2</span>&#160;   count += 1</div></div>',
        "<listing>for eel in weir:\n    count += 1</listing>",
        '<div class="enlighter-code"><div class="enlighter"><div><div>for eel in weir:</div></div><div><div>    count += 1</div></div></div>'
        '<pre class="enlighter-raw">for eel in weir:\n    count += 1</pre></div>',
        '<clipboard-copy value="x"><span>Copied!</span></clipboard-copy><pre>for eel in weir:\n    count += 1</pre>',
        '<table><tr><td class="blob-num">1<td class="blob-code-inner">for eel in weir:<tr><td class="blob-num">2<td class="blob-code-inner">    count += 1</table>',
    ],
)  # fmt: skip
def test_one_listing_is_one_block(html: str) -> None:
    (block,) = shown(f"<div>{html}</div>")
    assert (block.kind, block.text) == ("code", TWO)


@pytest.mark.parametrize(
    ("html", "language"),
    [
        ('<pre class="language-go">a</pre>', "go"),
        ('<pre><code class="lang-go">a</code></pre>', "go"),
        ('<pre data-language="go"><code>a</code></pre>', "go"),
        ('<div class="highlight-source-go"><pre>a</pre></div>', "go"),
        ('<pre class="brush: go; gutter: false">a</pre>', "go"),
        ('<pre class="brush:go;gutter:false">a</pre>', "go"),
        ('<pre><code class="hljs go">a</code></pre>', "go"),
        ('<pre class="sourceCode go"><code>a</code></pre>', "go"),
        ('<pre data-enlighter-language="go">a</pre>', "go"),
        ('<body class="language-en"><article class="language-en"><pre>a</pre></article>', ""),
        ('<pre class="wp-block-code"><code>a</code></pre>', ""),
    ],
)
def test_the_language_of_a_listing(html: str, language: str) -> None:
    (block,) = shown(html)
    assert block.code == language


def test_empty_lines_stay() -> None:
    (block,) = shown("<pre><code>a</code><code><br></code><code>b</code></pre>")
    assert block.text == "a\n\nb"


def test_carriage_returns_add_no_blanks() -> None:
    (block,) = shown("<pre>a\r\n  b \r\nc</pre>")
    assert block.text == "a\n  b \nc"


@pytest.mark.parametrize("box", ["", "<div class=r-stack>"])
def test_a_part_of_a_slide_is_no_listing(box: str) -> None:
    got = shown(f'<section>{box}<div class="fragment">a</div></section>')
    assert [block.kind for block in got] == ["paragraph"]


def test_words_of_code_in_a_list_are_no_listing() -> None:
    got = shown("<ul><li><code>count</code></li><li><code>weir</code></li></ul>")
    assert [block.kind for block in got] == ["item", "item"]


def test_numbers_in_a_line_of_prose_are_text() -> None:
    (block,) = shown('<p>Rule <span class="ln">12</span> holds.</p>')
    assert block.text == "Rule 12 holds."


def test_an_item_ends_a_listing_that_never_closes() -> None:
    assert [(block.kind, block.text) for block in shown("<ul><li><pre>a<li>b</ul><p>c")] == [
        ("code", "a"), ("item", "b"), ("paragraph", "c"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("html", "text"),
    [
        (
            '<div class="CodeMirror"><div class="CodeMirror-lines"><div class="CodeMirror-measure"><pre>x</pre></div>'
            '<div class="CodeMirror-code"><div><div class="CodeMirror-gutter-wrapper">'
            '<div class="CodeMirror-linenumber CodeMirror-gutter-elt">1</div></div>'
            '<pre class=" CodeMirror-line "><span>int a;</span></pre></div>'
            '<div><pre class="CodeMirror-line"><span>\u200b</span></pre></div>'
            '<div><pre class="CodeMirror-line"><span>&nbsp; b;</span></pre></div></div></div></div>',
            "int a;\n\n  b;",
        ),
        (
            '<div class="ace_editor"><div class="ace_gutter"><div class="ace_gutter-cell">1</div></div>'
            '<div class="ace_layer ace_text-layer"><div class="ace_line"><span>var</span> a</div>'
            '<div class="ace_line">b</div></div></div>',
            "var a\nb",
        ),
        (
            '<pre><code><span class="highlight-line"><span>a</span></span><span class="highlight-line">b</span></code></pre>',
            "a\nb",
        ),
        (
            '<pre><div class="code-block-header"><span>js</span><span>Copy</span></div><code>a\nb</code></pre>',
            "a\nb",
        ),
    ],
)
def test_an_editor_shows_one_listing(html: str, text: str) -> None:
    got = [(block.kind, block.text) for block in read(Source("a.html", html.encode())).blocks if not block.hidden]
    assert got == [("code", text)]


def test_white_space_between_the_elements_of_an_editor_is_no_line() -> None:
    html = '<div class="CodeMirror-code">\n\n  <div>\n\n<pre class="CodeMirror-line">a</pre>\n </div>\n\n<pre>b</pre>\n\n</div>'
    assert [block.text for block in shown(html)] == ["a\nb"]
