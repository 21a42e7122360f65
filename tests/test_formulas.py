"""A formula that a page has several times over is read once."""

from __future__ import annotations

import pytest

from seedclean.model.document import Source
from seedclean.readers import read

_MATHML = "<math><semantics><mrow><msub><mi>p</mi><mi>i</mi></msub></mrow>{}</semantics></math>"
_TEX = _MATHML.format('<annotation encoding="application/x-tex">p_i</annotation>')
_GLYPHS = '<span class="katex-html" aria-hidden="true"><span>p</span><span>i</span></span>'


def texts(html: str) -> list[str]:
    return [block.text for block in read(Source("a.html", html.encode())).blocks if not block.hidden]


@pytest.mark.parametrize(
    ("formula", "text"),
    [
        (f'<span class="katex"><span class="katex-mathml">{_TEX}</span>{_GLYPHS}</span>', "$p_i$"),
        (f'<span class="katex"><span class="katex-mathml">{_MATHML.format("")}</span>{_GLYPHS}</span>', "p_i"),
        (f'<span class="katex">{_GLYPHS}</span>', "pi"),
        (_TEX, "$p_i$"),
        ('<math alttext="p_i"><mi>p</mi><mi>i</mi></math>', "$p_i$"),
        ('<span class="MathJax_Preview">p</span><span class="MathJax"><span>pi</span></span><script type="math/tex">p_i</script>', "$p_i$"),
        ('<script type="math/tex">p_i</script>', "$p_i$"),
        ("<mjx-container><svg><g></g></svg><mjx-assistive-mml><math><mi>p</mi><mi>i</mi></math></mjx-assistive-mml></mjx-container>", "pi"),
        (f'<span class="mwe-math-element"><span style="display: none">{_TEX}</span><img class="mwe-math-fallback-image-inline" alt="p_i"></span>', "$p_i$"),
        ('<img class="latex" src="latex.php?x" alt="p_i">', "$p_i$"),
        ('<span data-formula="p_i"><svg><path></path></svg></span>', "$p_i$"),
        ('<img class="math" src="b.png" alt="$p_i$">', "$p_i$"),
        ('<img src="b.png" alt="\\(p_i\\)">', "$p_i$"),
        ('<img class="tex" src="b.png" alt="p_i">', "$p_i$"),
        ('<img src="https://private.codecogs.com/gif.latex?p_i">', "$p_i$"),
    ],
)  # fmt: skip
def test_a_formula_once(formula: str, text: str) -> None:
    assert texts(f"<p>a {formula} b</p>") == [f"a {text} b"]


def test_a_formula_between_paragraphs() -> None:
    html = '<p>a</p><div class="MathJax_Display"><span class="MathJax">pi</span></div><script type="math/tex; mode=display">p_i</script><p>b</p>'
    assert texts(html) == ["a", "$$p_i$$", "b"]


def test_a_price_is_no_formula() -> None:
    assert texts('<p>a <img src="b.png" alt="$5 or $6"> b</p>') == ["a b"]


def test_a_formula_of_wechat_between_paragraphs() -> None:
    html = '<p>a</p><section class="block-equation" data-formula="p_i"><svg><text>p</text></svg></section><p>b</p>'
    assert texts(html) == ["a", "$$p_i$$", "b"]


def test_a_formula_without_an_end_ends_with_its_paragraph() -> None:
    assert texts('<p>a <span class="katex"><span>p<p>b</p><p>c</p>') == ["a p", "b", "c"]


def test_letters_in_dollar_signs_are_as_written() -> None:
    assert texts("<p>It costs $5 or $6.</p>") == ["It costs $5 or $6."]


def test_mathml_without_its_elements_ends_with_its_tex() -> None:
    html = (
        '<p>so <span class="katex--inline"><span class="katex"><span class="katex-mathml">\n   x\n   \n    \n     x^2\n    '
        '\n   </span><span class="katex-html">x2</span></span></span> is</p>'
    )
    assert texts(html) == ["so $x^2$ is"]


def test_words_in_mathml_keep_their_blanks() -> None:
    html = "<p>so <math><mi>x</mi><mtext>&nbsp;if </mtext><mi>y</mi>\n<mtext> is odd</mtext></math></p>"
    assert texts(html) == ["so x if y is odd"]


@pytest.mark.parametrize(
    "url",
    [
        "https://latex.codecogs.com/svg.image?x%5E2",
        "//www.zhihu.com/equation?tex=x%5E2&amp;consumer=1",
        "https://s0.wp.com/latex.php?latex=x%5E2&amp;bg=ffffff",
    ],
)
def test_the_address_of_a_picture_may_be_its_tex(url: str) -> None:
    assert texts(f'<p>so <img src="{url}" alt="formula"> is</p>') == ["so $x^2$ is"]
    document = read(Source("a.md", f"# H\n\nso ![x]({url.replace('&amp;', '&')}) is\n".encode()))
    assert [block.text for block in document.blocks] == ["H", "so $x^2$ is"]


@pytest.mark.parametrize(
    ("mathml", "text"),
    [
        ("<mfrac><mi>a</mi><mi>b</mi></mfrac>", "a/b"),
        ("<mfrac><mrow><mi>a</mi> <mo>+</mo> <mn>1</mn></mrow> <mi>b</mi></mfrac>", "(a+1)/b"),
        ("<msup><mi>x</mi><mn>12</mn></msup><mo>+</mo><msub><mi>y</mi><mi>i</mi></msub>", "x^12+y_i"),
        ("<msubsup><mi>x</mi><mi>i</mi><mrow><mi>n</mi><mo>-</mo><mn>1</mn></mrow></msubsup>", "x_i^(n-1)"),
        ("<munderover><mo>∑</mo><mrow><mi>i</mi><mo>=</mo><mn>1</mn></mrow><mi>n</mi></munderover><mi>w</mi>", "∑_(i=1)^nw"),
        ("<mover><mi>v</mi><mo>→</mo></mover>", "v→"),
        ("<msqrt><mi>z</mi></msqrt>", "√(z)"),
        ("<mroot><mi>z</mi><mn>3</mn></mroot>", "√(3&z)"),
        ("<mfenced><mi>x</mi><mi>y</mi></mfenced>", "(x,y)"),
        ("<mtable><mtr><mtd><mn>1</mn></mtd><mtd><mn>0</mn></mtd></mtr><mtr><mtd><mn>0</mn></mtd><mtd><mn>2</mn></mtd></mtr></mtable>", "1 0; 0 2"),
        ("<semantics><mfrac><mi>u</mi><mi>v</mi></mfrac><annotation-xml><apply><ci>u</ci><ci>v</ci></apply></annotation-xml></semantics>", "u/v"),
        ("<msup><mrow><mo>(</mo><mi>a</mi><mo>)</mo></mrow><mn>2</mn></msup>", "(a)^2"),
        ("<msup><mn>2</mn></msup>", "2"),
    ],
)  # fmt: skip
def test_mathml_as_a_line(mathml: str, text: str) -> None:
    """What stands above, below or raised is no product."""
    assert texts(f"<p>a <math>{mathml}</math> b</p>") == [f"a {text} b"]
