"""Offers as a pupil sees them: variants (BSO, DBSO, CDO, SYN) and years are one trajectory."""

from __future__ import annotations

from typing import Iterable, Mapping, NamedTuple

from bot.catalogue.model import Offered, Programme


class OfferRow(NamedTuple):
    """One official row: a programme at a school in one year and one variant."""

    school: str
    number: str
    year: int | None
    open: bool | None


def trajectories(
    rows: Iterable[OfferRow], programmes: Mapping[str, Programme]
) -> dict[str, dict[str, Offered]]:
    """Trajectories by school key and programme number.

    Open when one can enrol in any year or variant; unknown only when every row is unknown.
    """
    grouped: dict[str, dict[str, list[OfferRow]]] = {}
    for row in rows:
        grouped.setdefault(row.school, {}).setdefault(row.number, []).append(row)
    return {
        school: {number: _one(same, programmes[number].title) for number, same in offers.items()}
        for school, offers in grouped.items()
    }


def _one(rows: list[OfferRow], title: str) -> Offered:
    states = [row.open for row in rows if row.open is not None]
    years = {row.year for row in rows if row.year is not None}
    return Offered(rows[0].number, title, tuple(sorted(years)), any(states) if states else None)


def without_covered_introductory(
    offered: Iterable[Offered], programmes: Mapping[str, Programme]
) -> tuple[Offered, ...]:
    """By title; an introductory year (aanloop) only when its programme itself is not there."""
    ordered = sorted(offered, key=lambda o: o.title)
    whole = {o.title.lower() for o in ordered if not programmes[o.number].introductory}
    return tuple(o for o in ordered if not programmes[o.number].introductory
                 or o.title.lower().removeprefix("aanloop ") not in whole)
