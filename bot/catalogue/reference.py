"""What the catalogue itself knows, for fetched rows to be held against: programmes and places."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Mapping, Sequence

from bot.catalogue.places import place_key


@dataclass(frozen=True)
class Programme:
    """What the catalogue knows of a programme number."""

    title: str
    dual: bool


@dataclass(frozen=True)
class Municipality:
    """A municipality: its centre in degrees (WGS84) and every postcode in it."""

    name: str
    province: str
    lat: float
    lon: float
    postcodes: frozenset[str]


@dataclass(frozen=True)
class Reference:
    """The catalogue's own facts that fetched rows are held against."""

    programmes: Mapping[str, Programme]
    municipalities: Mapping[str, Municipality]
    niscodes: Mapping[str, frozenset[str]]

    @classmethod
    def from_rows(cls, rows: Mapping[str, Sequence[Mapping[str, Any]]]) -> Reference:
        """Made of the checked rows that bot.catalogue.sources.read_all gives."""
        postcodes: dict[str, set[str]] = {}
        names: dict[str, set[str]] = {}
        for place in rows["place"]:
            postcodes.setdefault(place["niscode"], set()).add(place["postcode"])
            names.setdefault(place_key(place["name"]), set()).add(place["niscode"])
        for row in rows["municipality"]:
            for name in filter(None, (row["name"], *row["old_names"].split("|"))):
                names.setdefault(place_key(name), set()).add(row["niscode"])
        return cls(
            {p["number"]: Programme(p["title"], bool(p["dual"])) for p in rows["programme"]},
            {m["niscode"]: Municipality(m["name"], m["province"], m["lat"], m["lon"],
                                        frozenset(postcodes.get(m["niscode"], ())))
             for m in rows["municipality"]},
            {name: frozenset(codes) for name, codes in names.items()})

    def named(self, name: str) -> tuple[Municipality, ...]:
        """Every municipality a name can mean, also by a part of it or a former name."""
        return tuple(self.municipalities[code]
                     for code in sorted(self.niscodes.get(place_key(name), ()))
                     if code in self.municipalities)

    def at(self, name: str, postcode: str) -> tuple[Municipality, ...]:
        """The municipalities of that name that have the postcode; all of that name if none has."""
        named = self.named(name)
        return tuple(m for m in named if postcode in m.postcodes) or named
