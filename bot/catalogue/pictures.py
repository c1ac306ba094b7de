"""Pictures of routes by name: drawn when asked, the last ones kept in memory."""

from __future__ import annotations

import re
from functools import lru_cache, partial
from typing import Callable, NamedTuple

from bot.catalogue.catalogue import Catalogue
from bot.catalogue.goals import goal
from bot.catalogue.pathways import before
from bot.catalogue.routes import (
    goal_png,
    goal_svg,
    goal_text,
    route_png,
    route_svg,
    route_text,
)
from bot.catalogue.ways import Goal

FOLDER = "/opleidingen/beeld/"
SVG, PNG = "svg", "png"
# 88.svg is what follows programme 88, naar-88.svg how to get there.
TO = "naar-"
MEDIA = {SVG: "image/svg+xml", PNG: "image/png"}
KEPT = 256  # pictures; a PNG is some 50 kB


class Picture(NamedTuple):
    """A picture as it is served."""

    media_type: str
    content: bytes


def route_picture(catalogue: Catalogue, number: str) -> tuple[str, str]:
    """Where the picture of what follows a programme is served, and the same in words."""
    return f"{FOLDER}{number}.{SVG}", route_text(catalogue, number)


def goal_picture(wanted: Goal) -> tuple[str, str] | None:
    """Where the picture of the ways to a goal is served, and the same in words; None without."""
    if not wanted.routes:
        return None
    return f"{FOLDER}{_to(wanted.target)}.{SVG}", goal_text(wanted)


def picture(catalogue: Catalogue, name: str) -> Picture | None:
    """The picture with that file name, such as 88.svg, 88.png or naar-755.png; None for another."""
    stem, _, kind = name.rpartition(".")
    targets, draw = _drawing(catalogue)
    # An unknown name never takes the place of a picture that is kept.
    return Picture(MEDIA[kind], draw(stem, kind)) if kind in MEDIA and stem in targets else None


@lru_cache(maxsize=1)
def _drawing(catalogue: Catalogue) -> tuple[dict[str, str], Callable[[str, str], bytes]]:
    """What each picture is about by its name, and who draws it; for the catalogue in use only."""
    reached = [g.name for g in catalogue.graduates.values() if before(catalogue, g.name)]
    targets = {_to(target): target for target in (*catalogue.programmes, *reached)}
    targets.update({number: number for number in catalogue.programmes})
    return targets, lru_cache(maxsize=KEPT)(partial(_draw, catalogue, targets))


def _draw(catalogue: Catalogue, targets: dict[str, str], stem: str, kind: str) -> bytes:
    target = targets[stem]
    if stem == target:
        return (route_png(catalogue, target) if kind == PNG
                else route_svg(catalogue, target).encode())
    wanted = goal(catalogue, target)
    return goal_png(wanted) if kind == PNG else goal_svg(wanted, stem).encode()


def _to(target: str) -> str:
    """naar-755 or naar-hvac-systemen."""
    return f"{TO}{re.sub(r'[^a-z0-9]+', '-', target.lower())}"
