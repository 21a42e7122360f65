"""The library's decisions on the forms of bench/matrix.py, which hold no documents."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matrix import Form

from seedclean.decisions.classifier import lexicon
from seedclean.decisions.classifier.block_features import BlockFeatures
from seedclean.decisions.classifier.features import NAMES
from seedclean.decisions.classifier.smoothing import verdicts
from seedclean.model.document import Block, Element

_COLUMNS = [NAMES.index(name) for name in BlockFeatures._fields if name in NAMES]
_NAMES = [name for name in BlockFeatures._fields if name in NAMES]
_SAYS = [(NAMES.index(f"says-{name}"), bit) for name, bit in lexicon.GROUP_BIT.items()]


def kept(form: Form, log_odds: Sequence[float]) -> list[bool]:
    """Which blocks of a page the library keeps at these log-odds; all of them if it would keep none."""
    result = verdicts(form.format, blocks(form), features(form), log_odds)
    return result if any(result) else [True] * len(result)


def blocks(form: Form) -> list[Block]:
    """Blocks of the same kinds and texts, in elements that are alike where the form's are."""
    elements = {int(path): Element(f"path{path}", {}, None, 0, frozenset()) for path in np.unique(form.paths)}
    bare = form.format != "html"
    return [
        Block(kind, 0, 0, text, element=None if bare else elements[int(path)])
        for kind, text, path in zip(form.kinds, form.texts, form.paths, strict=True)
    ]


def features(form: Form) -> list[BlockFeatures]:
    """The features of each block by itself."""
    columns = dict(zip(_NAMES, form.rows[:, _COLUMNS].T.astype(float).tolist(), strict=True))
    columns["link_words"] = [words * link for words, link in zip(columns["words"], columns["link"], strict=True)]
    groups = sum((form.rows[:, at] > 0).astype(int) * bit for at, bit in _SAYS)
    columns["groups"] = np.broadcast_to(groups, len(form.rows)).tolist()
    return [BlockFeatures(*values) for values in zip(*(columns[name] for name in BlockFeatures._fields), strict=True)]
