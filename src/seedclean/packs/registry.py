"""The extractors that are there: packs and code, built in, from plugins, and from files given.

Built-ins load as plugins do: the entry-point group `seedclean.extractors` names modules that hold .toml files, objects
with `id`, `detect` and `judge`, or both. There is no list to edit.
"""

from __future__ import annotations

import importlib
import importlib.resources
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.metadata import entry_points
from pathlib import Path
from types import ModuleType
from typing import Protocol, runtime_checkable

from seedclean.model.document import Decision, Detection, Document, Policy
from seedclean.model.errors import PackError
from seedclean.packs.pack import Pack
from seedclean.packs.parser import parse_pack
from seedclean.packs.repetition import NOTHING, Repetition, parse_counts
from seedclean.packs.siteconfig.parser import Sites, open_sites

GROUP = "seedclean.extractors"


@runtime_checkable
class Extractor(Protocol):
    """An extractor in code, for an origin that data cannot describe."""

    @property
    def id(self) -> str:
        """The origin's id."""

    def detect(self, document: Document) -> str:
        """The clue by which the document is of this origin, in a word; an empty string if it is not."""

    def judge(self, document: Document) -> Sequence[Decision | None]:
        """For each block of the document, in order, a decision by a rule called `id/name`, or None to abstain."""


@dataclass(frozen=True, slots=True, eq=False)
class Registry:
    """Packs by id, extractors in code by id; made once, never changed. Compared by identity, so it can be a key.

    `sites` are the site configurations of raw pages by host, which are read when a page of theirs comes. `policy` is what
    the user wants besides the document, `repetition` what repeats in a corpus that the user has counted.
    """

    packs: dict[str, Pack]
    extractors: dict[str, Extractor]
    sites: Sites = field(default_factory=Sites)
    policy: Policy = field(default_factory=Policy)
    repetition: Repetition = NOTHING

    def origins(self) -> list[Pack]:
        """The packs of origins, accounts left out."""
        return [pack for pack in self.packs.values() if pack.role == "origin" and not pack.extends]

    def role(self, role: str) -> list[Pack]:
        """The packs of a role."""
        return [pack for pack in self.packs.values() if pack.role == role]

    def chain(self, detection: Detection) -> list[Pack]:
        """The packs that speak of a document: what was learnt from its like, then the most particular first."""
        ids = [detection.account, detection.origin, detection.capture, *detection.nested]
        own = [self.packs[id] for id in ids if id in self.packs]
        return self.role("learned") + own + self.role("common")

    def accounts(self, platform: str) -> list[Pack]:
        """The packs that extend a platform."""
        return [pack for pack in self.packs.values() if pack.extends == platform]


@dataclass(frozen=True, slots=True)
class RuleFile:
    """A rule file, or a file of counts, that has been read: its name, for messages, and its text."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class PackOptions:
    """What to load besides the installed packs: rule files, a directory of site configurations, and the counts of a corpus; and
    the policy."""

    rules: tuple[Path | RuleFile, ...] = ()
    site_config: Path | None = None
    policy: Policy = field(default_factory=Policy)
    learned: Path | RuleFile | None = None

    def load(self) -> Registry:
        """The registry with these additions. Raises PackError."""
        registry = load(self.rules, self.site_config)
        if self.learned is not None:
            file = read_rules(self.learned)
            registry = replace(registry, repetition=parse_counts(file.text, file.name))
        return registry if self.policy == registry.policy else replace(registry, policy=self.policy)


def load(rules: Iterable[Path | RuleFile] = (), site_config: Path | None = None) -> Registry:
    """All extractors installed, the packs in the files given, and a directory of site configurations. Raises PackError."""
    if site_config is not None:
        return replace(load(rules), sites=open_sites(site_config))
    files = tuple(rules)
    if not files:
        return _installed()
    packs = dict(_installed().packs)
    for file in files:
        read = read_rules(file)
        pack = parse_pack(read.text, read.name)
        packs[pack.id] = pack
    return _checked(packs, _installed().extractors)


@cache
def _installed() -> Registry:
    packs: dict[str, Pack] = {}
    extractors: dict[str, Extractor] = {}
    for point in sorted(
        entry_points(group=GROUP), key=lambda point: (point.name != "builtin", point.name, point.value)
    ):
        try:
            module = importlib.import_module(point.value)
        except ImportError as error:
            raise PackError(
                f"entry point {point.name}", f"cannot import {point.value}: {error}", "reinstall it"
            ) from error
        for pack in _packs(module):
            _refuse_double(pack.id, packs, extractors)
            packs[pack.id] = pack
        for extractor in _objects(module):
            _refuse_double(extractor.id, packs, extractors)
            extractors[extractor.id] = extractor
    return _checked(packs, extractors)


def _refuse_double(id: str, *holders: dict[str, Pack] | dict[str, Extractor]) -> None:
    if any(id in holder for holder in holders):
        raise PackError(
            f"extractor {id}", "two extractors have this id", "rename one, or uninstall the plugin it is in"
        )


def _packs(module: ModuleType) -> list[Pack]:
    """The packs beside a module, by name. A single module has none of its own."""
    if not hasattr(module, "__path__"):
        return []
    files = [file for file in importlib.resources.files(module).iterdir() if file.name.endswith(".toml")]
    return [parse_pack(file.read_text("utf-8"), file.name) for file in sorted(files, key=lambda file: file.name)]


def _objects(module: ModuleType) -> list[Extractor]:
    public = [value for name, value in sorted(vars(module).items()) if not name.startswith("_")]
    return [value for value in public if isinstance(value, Extractor) and not isinstance(value, type)]


def read_rules(file: Path | RuleFile) -> RuleFile:
    """Read a rule file or a file of counts, unless that is done. Raises PackError."""
    if isinstance(file, RuleFile):
        return file
    try:
        return RuleFile(str(file), file.read_text("utf-8-sig"))  # editors on Windows begin a file with a mark
    except UnicodeDecodeError as error:
        raise PackError(str(file), "not UTF-8", "save the file as UTF-8") from error
    except OSError as error:
        raise PackError(str(file), error.strerror or "cannot be read", "give the path of a file") from error


def conflicts(packs: Mapping[str, Pack]) -> Iterator[PackError]:
    """The faults of packs together: each host belongs to one pack, and the platform of each account exists."""
    claimed: dict[str, str] = {}
    for pack in packs.values():
        if pack.extends and pack.extends not in packs:
            yield PackError(
                pack.file, f"extends {pack.extends!r}, which is not there", "name the id of an installed pack"
            )
        for host in pack.host:
            if claimed.setdefault(host, pack.id) != pack.id:
                yield PackError(
                    pack.file, f"{host} is claimed by {claimed[host]!r} too", "a host belongs to one origin"
                )


def _checked(packs: dict[str, Pack], extractors: dict[str, Extractor]) -> Registry:
    """The registry of packs that agree. Raises PackError for the first conflict."""
    for conflict in conflicts(packs):
        raise conflict
    return Registry(dict(sorted(packs.items())), dict(sorted(extractors.items())))
