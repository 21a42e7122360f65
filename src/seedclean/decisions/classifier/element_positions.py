"""Where an element stands to the elements that probably contain the document.

Targets are the innermost elements with certain shares of the page's prose, body candidates elements whose names are those
of a body. A landmark is a target, an ancestor of one, or a body candidate.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import NamedTuple

from seedclean.decisions.classifier.schema import Row

_FAR = 12.0
"""Distances to a target are counted up to this number of elements."""


class TargetPosition(NamedTuple):
    """Where an element stands to a target: 1 inside it or 0, and the distance up to the nearest common ancestor."""

    inside: float
    distance: float


class BodyPosition(NamedTuple):
    """Where an element stands to a body candidate: 1 inside, -1 outside, 0 without one; the candidate's share of the prose."""

    inside: float
    share: float


ORIGIN = TargetPosition(0.0, 0.0)
"""The position of a target's ancestor, and of what is around all elements."""
NO_BODY = BodyPosition(0.0, 0.0)
_INSIDE = TargetPosition(1.0, 0.0)


class Positions:
    """Where an element stands to all targets and body candidates. `row` has their numbers in this order."""

    __slots__ = ("_below", "bodies", "row", "targets")

    def __init__(self, targets: Sequence[TargetPosition], bodies: Sequence[BodyPosition]) -> None:
        self.targets, self.bodies = targets, bodies
        self.row: Row = tuple(chain(*targets, *bodies))
        self._below: Positions | None = None

    def below(self) -> Positions:
        """The positions of a child that is no landmark. Computed once, as they are the same for most children."""
        if self._below is None:
            targets = [
                target if target.inside else TargetPosition(0.0, min(target.distance + 1.0, _FAR))
                for target in self.targets
            ]
            self._below = Positions(targets, self.bodies)
        return self._below

    def landmark(self, is_target: Sequence[bool], is_ancestor: Sequence[bool], is_body: Sequence[bool]) -> Positions:
        """The positions of a child that is a landmark; a flag for each target, and for each body candidate."""
        targets = [
            _INSIDE if target else ORIGIN if ancestor and not around.inside else below
            for target, ancestor, around, below in zip(
                is_target, is_ancestor, self.targets, self.below().targets, strict=True
            )
        ]
        bodies = [
            BodyPosition(1.0, around.share) if body else around
            for body, around in zip(is_body, self.bodies, strict=True)
        ]
        return Positions(targets, bodies)
