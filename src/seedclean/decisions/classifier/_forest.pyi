from collections.abc import Iterable
from typing import Any

class Forest:
    def __new__(cls, trees: list[Any], columns: list[int], width: int) -> Forest: ...
    def scores(
        self, document: tuple[float, ...], rows: int, columns: list[Iterable[Any]], first: int, certain: float, /
    ) -> list[float]: ...
