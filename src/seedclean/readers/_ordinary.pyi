from collections.abc import Callable, Iterable, Mapping

from turbohtml import Token, TokenType

from seedclean.readers.html import Feed
from seedclean.readers.looks import Look

class Reader:
    def __new__(
        cls,
        types: tuple[type, ...],
        token_types: tuple[TokenType, ...],
        look_of: Callable[[str, Mapping[str, str]], Look],
        telling: frozenset[str],
        accounts: frozenset[str],
        nests_not: frozenset[str],
        ends_late: frozenset[str],
        max_class_chars: int,
        max_depth: int,
    ) -> Reader: ...
    def feed(self, feed: Feed, tokens: Iterable[Token], /) -> Token | None: ...
