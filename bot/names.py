"""The names that are recognised in messages: those of the catalogue, and of provinces."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.catalogue.catalogue import Catalogue
from bot.catalogue.places import PROVINCES

if TYPE_CHECKING:
    from bot.nlu.lexicon import Lexicon

# "Antwerpen" and "Brussel" alone are the cities.
PROVINCE_NAMES = (
    *(p for p in PROVINCES if p not in {"Antwerpen", "Brussel"}),
    "provincie Antwerpen", "provincie Vlaams-Brabant", "provincie Limburg",
)


def lexicon(catalogue: Catalogue) -> Lexicon:
    """Every name of this catalogue."""
    from bot.nlu.lexicon import Lexicon  # spaCy takes seconds: commands without names do not wait

    places = catalogue.places
    return Lexicon(
        places=[*(p.name for p in places.all), *places.old_names],
        programmes=catalogue.names.all,
        provinces=PROVINCE_NAMES,
        postcodes={p.postcode for p in places.all if p.postcode},
        outside=catalogue.outside,
        schools=catalogue.school_names,
        goals=catalogue.goals,
        not_dual=catalogue.names.not_dual,
    )
