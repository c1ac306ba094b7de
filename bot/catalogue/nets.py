"""The net of a school as people name it: GO!, vrij, officieel, syntra or cdo."""

from __future__ import annotations

import re
from typing import Mapping

from bot.catalogue.model import School

# GO!, vrij and officieel are nets; Syntra and CDO are kinds of school that only the name tells.
# "Officieel" is what cities, municipalities and provinces organise: the GO! is asked for by name.
_NETS: Mapping[str, re.Pattern[str]] = {
    "GO!": re.compile(r"go!|gemeenschapsonderwijs"),
    "vrij": re.compile(r"vrij"),
    "officieel": re.compile(r"officieel|gemeentelijk|stedelijk|provinciaal"),
}
_NAMES: Mapping[str, re.Pattern[str]] = {
    # A source without nets: the GO! puts its own in the name of its schools.
    "GO!": re.compile(r"go!"),
    "syntra": re.compile(r"\bsyntra\b"),
    # Not "Centrum voor deeltijdse vorming": that is another thing.
    "cdo": re.compile(r"\b(?:cdo|clw|centrum (?:voor )?(?:deeltijds|leren (?:en|&) werken))\b"),
}
NETS = ("GO!", "vrij", "officieel", "syntra", "cdo")


def belongs(school: School, net: str) -> bool:
    """True when the school is of that net, one of NETS; case and endings do not matter.

    A school can be of several: a CDO of the GO! is both. Without a net in the source only the
    name counts. KeyError for a net that is none of NETS.
    """
    official = school.net.strip().lower()
    if net in _NETS and (official or net not in _NAMES):
        return bool(_NETS[net].match(official))
    return bool(_NAMES[net].search(school.name.lower()))
