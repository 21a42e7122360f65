from collections.abc import Sequence

from seedclean.decisions.classifier.element_features import OwnNames

class Lexicon:
    def __new__(cls, english: dict[str, int], chinese: dict[str, int], /) -> Lexicon: ...
    def text_features(self, text: str, /) -> tuple[float, float, float, float, float, int, float, bool]: ...

class Wording:
    def __new__(cls, letters: dict[str, int], words: dict[str, int], /) -> Wording: ...
    def log_odds(self, texts: Sequence[str], cjk: Sequence[float], bias: float, /) -> list[float]: ...

def window_shares(
    parts: tuple[tuple[Sequence[float], Sequence[float] | None], ...],
    windows: tuple[tuple[int, int], ...],
    count: int,
    others: bool,
    empty: float,
    /,
) -> bytes: ...
def element_rows(
    parents: list[int],
    names: list[OwnNames],
    of: list[int],
    images: list[int],
    columns: tuple[Sequence[float], ...],
    total: float,
    /,
) -> bytes: ...
