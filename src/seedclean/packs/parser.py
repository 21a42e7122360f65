"""Parses a pack from TOML and checks every key and value.

`parse_pack` raises a PackError for the first fault, with file, rule and remedy; `faults` returns all of them, for
`seedclean check`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import re2

from seedclean.model.errors import PackError, suggestion
from seedclean.model.vocabulary import CATEGORIES, FACTS, FIELDS, HIDDEN, KINDS, STATUSES, Verdict
from seedclean.packs import frame
from seedclean.packs.pack import Clue, Condition, Pack, Rule
from seedclean.packs.patterns import PATTERN_OPTIONS
from seedclean.packs.scopes import scope
from seedclean.packs.selectors import Selector, parse_selector
from seedclean.packs.toml_values import TomlValues, load_toml, straightened
from seedclean.values.text import normal

_PLAIN = (
    "says",
    "matches",
    "kind",
    "inside",
    "beside",
    "same",
    "url",
    "chars",
    "first",
    "last",
    "run",
    "beyond",
    "hidden",
)
_AROUND = ("after", "before", "previous", "next")
_RULE = ("remove", "keep", "of", "category", "why", "as", "status", "spares", "unless_listing", *_PLAIN, *_AROUND)
_CLUE = ("id", "why", "stated", "comment", "written", "spares", "previous", "next", *_PLAIN)
_PACK = (
    "id",
    "name",
    "role",
    "host",
    "image",
    "publisher",
    "extends",
    "platform",
    "front",
    "script",
    "clue",
    "rule",
    "boxes",
    "body",
    "frame",
)
ID = re.compile(r"[a-z0-9][a-z0-9-]*")
"""The form of the ids of packs and the names of rules."""

MATCHABLE = tuple(kind for kind in KINDS if kind != "metadata")
LABELS = ("caption", "paragraph", "quote")
"""The kinds that a rule can keep a block as: those that need nothing but its text."""


def parse_pack(text: str, file: str) -> Pack:
    """Parse a pack. Raises PackError for the first fault."""
    parser = _PackParser(file)
    pack = parser.pack(text)
    if parser.faults:
        raise parser.faults[0]
    return pack


def faults(text: str, file: str) -> list[PackError]:
    """All faults of a pack, in the file's order, each once."""
    return try_pack(text, file)[1]


def try_pack(text: str, file: str) -> tuple[Pack | None, list[PackError]]:
    """A pack without its rules and clues that have faults, and all faults of its text; None where it is no TOML."""
    parser, (straight, curly) = _PackParser(file), straightened(text, file)
    try:
        pack = parser.pack(straight)
    except PackError as error:
        return None, [*curly, error]
    places = {fault.where for fault in parser.faults}
    rules = tuple(one for one in pack.rules if parser.place("rule", one.id) not in places)
    clues = tuple(one for one in pack.clues if parser.place("clue", one.id) not in places)
    return replace(pack, rules=rules, clues=clues), list(dict.fromkeys([*curly, *parser.faults]))


class _PackParser(TomlValues):
    """Parses one file."""

    def __init__(self, file: str) -> None:
        super().__init__(file)
        self._rules: dict[str, Mapping[str, Any]] = {}
        self._frame: list[str] = []

    def place(self, table: str, id: str) -> str:
        """Where the faults of a rule or a clue are: its public id in this file."""
        return f"{self._file}, {table} {id.partition('/')[2]}"

    def pack(self, text: str) -> Pack:
        data = load_toml(text, self._file)
        self.keys(data, _PACK)
        id = self.text(data, "id", required=True)
        if id and not ID.fullmatch(id):
            self.fault(f"the id {id!r} has other characters than a-z, 0-9 and -", "give it a plain lower-case name")
        role = self.choice(data, "role", ("origin", "capture", "common", "learned")) or "origin"
        tables = self._with_frame(data, self.tables(data, "rule"))
        self._rules = {_name(table): table for table in tables}
        clues = tuple(self._clue(table, id, at) for at, table in enumerate(self.tables(data, "clue"), 1))
        rules = tuple(self._rule(table, id, at) for at, table in enumerate(tables, 1))
        self._where = self._file
        self.unique([clue.id for clue in clues], "clue")
        self.unique([rule.id for rule in rules], "rule")
        self._agree(data, role)
        return Pack(
            id=id,
            name=self.text(data, "name", required=True),
            role=role,
            file=self._file,
            host=self.hosts(data, "host", paths=True),
            image=self.hosts(data, "image"),
            publisher=self.texts(data, "publisher"),
            extends=self.text(data, "extends"),
            platform=self.flag(data, "platform"),
            front=self._front(data),
            script=self._script(data),
            clues=clues,
            rules=rules,
            frame=tuple(f"{id}/{name}" for name in self._frame),
            outside=tuple(f"{id}/{name}" for name in frame.OUTSIDE) if "body" in data else (),
        )

    def _with_frame(self, data: Mapping[str, Any], own: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
        """The pack's own rules, and behind them those that `[boxes]`, `[body]` and `[body.text]` stand for."""
        names = {_name(table): table for table in own}
        self._frame = [*self.texts(data, "frame")]
        for name in self._frame:
            if name not in names:
                self.fault(f"frame: there is no rule {name!r} in this pack", suggestion(name, names))
        expanded: list[Mapping[str, Any]] = []
        if self.table(data, "boxes") and self._boxes_hold(data["boxes"]):
            expanded += frame.boxes(data["boxes"])
        body = self.table(data, "body")
        if body and self._body_holds(body):
            expanded += frame.body(body)
            self._frame.append("body")
            text = self.table(body, "text")
            expanded += frame.text(text, names)
            if text.get("head"):
                self._frame.append(frame.text_name(*list(text["head"].items())[-1]))
        return [*own, *(table for table in expanded if _name(table) not in names)]

    def _boxes_hold(self, boxes: Mapping[str, Any]) -> bool:
        self._where = f"{self._file}, [boxes]"
        self.keys(boxes, CATEGORIES)
        return all(self.table(boxes, category) for category in boxes) and not self.faults

    def _body_holds(self, body: Mapping[str, Any]) -> bool:
        """Whether `[body]` can be expanded."""
        faults = len(self.faults)
        self._where = f"{self._file}, [body]"
        self.keys(body, frame.BODY)
        if not self.texts(body, "inside"):
            self.fault("'inside' is missing", 'name the elements that hold the article: inside = ["#article"]')
        for word in ("inside", "below", "headline"):
            list(self._selectors(body, word))
        self.flag(body, "source")
        self._where = f"{self._file}, [body.text]"
        text = self.table(body, "text")
        self.keys(text, frame.TEXT)
        self.text(text, "title")
        for part in ("head", "foot"):
            for name, line in self.table(text, part).items():
                if isinstance(line, dict):
                    self.keys(line, ("rule",))
                    self.text(line, "rule", required=True)
                elif not isinstance(line, str):
                    self.fault(f"{part}.{name} is no pattern", 'write it as a text, or name a rule: { rule = "…" }')
        return len(self.faults) == faults

    def _agree(self, data: Mapping[str, Any], role: str) -> None:
        """Note faults of keys that contradict each other."""
        if ("extends" in data) != ("publisher" in data):
            self.fault(
                "`extends` and `publisher` go together", "name the accounts of the platform that this pack is for"
            )

    def _front(self, data: Mapping[str, Any]) -> dict[str, str]:
        front = data.get("front", {})
        if not isinstance(front, dict):
            self.fault("`front` is no table", 'write [front] and below it lines like: source = "publisher"')
            return {}
        for key, name in front.items():
            if name not in (*FIELDS, ""):
                self.fault(f"front.{key} = {name!r} names no metadata", suggestion(str(name), FIELDS))
        return {str(key).casefold(): str(name) for key, name in front.items()}

    def _script(self, data: Mapping[str, Any]) -> tuple[str, ...]:
        return tuple(self._pattern(text) for text in self.texts(data, "script"))

    def _clue(self, table: Mapping[str, Any], pack: str, at: int) -> Clue:
        self._where = f"{self._file}, clue {table.get('id') or at}"
        self.keys(table, _CLUE)
        id = self.text(table, "id", required=True)
        condition = self._condition(table) if any(word in table for word in _PLAIN) else None
        neighbours = [table[word] for word in ("previous", "next") if isinstance(table.get(word), dict)]
        if any("same" in place for place in (table, *neighbours)):
            self.fault("a clue cannot ask for `same`", "what a document states is read only after its origin is known")
        stated, comment = self.texts(table, "stated"), self._pattern(self.text(table, "comment"))
        written = tuple(map(self._valid, self.texts(table, "written")))
        if condition is None and not stated and not comment and not written:
            self.fault(
                "the clue has no condition", "say what must stand in the document: says, matches, stated, comment …"
            )
        return Clue(
            f"{pack}/{id}",
            self.text(table, "why", required=True),
            condition,
            tuple(key.casefold() for key in stated),
            comment,
            written,
            self.texts(table, "spares"),
            self._around(table, "previous"),
            self._around(table, "next"),
        )

    def _rule(self, table: Mapping[str, Any], pack: str, at: int) -> Rule:
        name = table.get("remove") or table.get("keep")
        self._where = f"{self._file}, rule {name or at}"
        self.keys(table, _RULE)
        if ("remove" in table) == ("keep" in table):
            self.fault(
                "a rule has either `remove` or `keep`, with its name", 'begin it with remove = "name" or keep = "name"'
            )
        is_removal = "remove" in table or ("keep" not in table and "category" in table)
        verdict: Verdict = "remove" if is_removal else "keep"
        id = self.text(table, verdict, required=verdict in table)
        if id and not ID.fullmatch(id):
            self.fault(f"the name {id!r} has other characters than a-z, 0-9 and -", "give it a plain lower-case name")
        category = self.choice(table, "category", CATEGORIES)
        label = self.choice(table, "as", (*FIELDS, *LABELS))
        if verdict == "remove" and "category" not in table:
            self.fault("a removal needs a category", "one of: " + ", ".join(CATEGORIES))
        if label in LABELS and verdict == "remove":
            self.fault(f"a block that is removed is not kept as {label!r}", "begin the rule with keep, or drop `as`")
        if label in FIELDS:
            verdict, category = "remove", category or "credit"
        elif verdict == "keep" and category:
            self.fault(
                "a block that is kept has no category", "drop `category`, or say with `as` what metadata it becomes"
            )
        if not any(word in table for word in (*_PLAIN, *_AROUND)):
            self.fault("the rule has no condition", "say of which blocks it speaks: says, matches, inside, after …")
        why = self.text(table, "why", required=True)
        spares = self.texts(table, "spares")
        status = self.choice(table, "status", STATUSES[1:])
        condition = self._condition(table)
        after, before, previous, following = (self._around(table, word) for word in _AROUND)
        return Rule(
            f"{pack}/{id}", verdict, category, label, why, condition, status,
            after, before, previous, following, spares, self.flag(table, "unless_listing"),
        )  # fmt: skip

    def _around(self, table: Mapping[str, Any], word: str) -> tuple[Condition, ...]:
        """`after` and its like: a text, a list of texts, a table of conditions, or the names of rules of this pack."""
        value = table.get(word)
        if value is None:
            return ()
        if not isinstance(value, dict):
            return (self._condition({"says": value}),)
        if "rule" not in value:
            self.keys(value, _PLAIN)
            return (self._condition(value),)
        self.keys(value, ("rule",))
        return tuple(self._condition_of(name) for name in self.texts(value, "rule"))

    def _condition_of(self, name: str) -> Condition:
        if name not in self._rules:
            self.fault(f"there is no rule {name!r} in this pack", suggestion(name, self._rules))
            return Condition()
        return self._condition(self._rules[name])

    def _condition(self, table: Mapping[str, Any]) -> Condition:
        for kind in self.texts(table, "kind"):
            if kind not in MATCHABLE:
                self.fault(f"no rule can speak of kind {kind!r}", suggestion(kind, MATCHABLE))
        for reason in self.texts(table, "hidden"):
            if reason not in HIDDEN:
                self.fault(f"nothing is hidden by {reason!r}", suggestion(reason, HIDDEN))
        for fact in self.texts(table, "same"):
            if fact not in FACTS:
                self.fault(f"`same` cannot compare with {fact!r}", suggestion(fact, FACTS))
        return Condition(
            frozenset(normal(text) for text in self.texts(table, "says")),
            tuple(self._pattern(text) for text in self.texts(table, "matches")),
            frozenset(self.texts(table, "kind")),
            tuple(self._selectors(table, "inside")),
            tuple(self._selectors(table, "beside")),
            frozenset(self.texts(table, "same")),
            tuple(self._pattern(text) for text in self.texts(table, "url")),
            self.number(table, "chars"),
            self.number(table, "first"),
            self.number(table, "last"),
            self.number(table, "run"),
            self.number(table, "beyond"),
            frozenset(self.texts(table, "hidden")),
            frozenset(scope(text) for text in self.texts(table, "of")),
        )

    def _selectors(self, table: Mapping[str, Any], word: str) -> Iterable[Selector]:
        for text in self.texts(table, word):
            try:
                yield parse_selector(text)
            except ValueError as error:
                self.fault(f"{word} = {text!r}: {error}", "see docs/rule-files.md for the selectors")

    def _pattern(self, text: str) -> str:
        """A pattern with its non-ASCII characters in NFKC, like the texts it is matched against; "" where it is not RE2."""
        return self._valid("".join(char if char.isascii() else _folded(char) for char in text))

    def _valid(self, text: str) -> str:
        """The pattern; "" where it is not RE2."""
        if text:
            try:
                names = re2.compile(text, PATTERN_OPTIONS).groupindex
            except re2.error as error:
                self.fault(
                    f"the pattern {text!r} is not one of RE2: {_message(error)}", "RE2 has no look-around and no \\1"
                )
                return ""
            for name in names:
                if name not in FIELDS:
                    self.fault(f"the group {name!r} names no metadata", suggestion(name, FIELDS))
        return text


def _name(rule: Mapping[str, Any]) -> str:
    return str(rule.get("remove") or rule.get("keep"))


def _folded(char: str) -> str:
    form = unicodedata.normalize("NFKC", char)
    return char if form == char else re.escape(form)


def _message(error: Exception) -> str:
    message = error.args[0] if error.args else ""
    return message.decode("utf-8", "replace") if isinstance(message, bytes) else str(message)
