"""What the stand-in of the official API serves: the built-in catalogue first, then artificial data.

Field names and words are those of the live API (provinces as "Provincie Limburg", nets as
"Vrij gesubsidieerd onderwijs"), so that a reader that only knows our own words is found out.
Generated schools are called "Proefschool 0123", with numbers no real school has.
"""

from __future__ import annotations

from pathlib import Path
from random import Random

from bot.catalogue.standin.groups import Groups
from bot.catalogue.standin.offers import Offers
from bot.catalogue.standin.product import Product
from bot.catalogue.standin.schools import Schools
from bot.catalogue.standin.source import Source
from bot.catalogue.standin.units import units
from bot.errors import CatalogueSourceError

INSTITUTION = "/instellingsgegevens/instelling/v2/instelling"
LOCATION = "/instellingsgegevens/instellingslocatie/v1/instellingslocatie"
GROUP = "/instellingsgegevens/onderwijsaanbod_so/v2/administratievegroep"
OFFER = "/instellingsgegevens/onderwijsaanbod_so/v2/ingerichteadministratievegroep"
UNIT = "/kwalificaties-en-curriculum/structuuronderdelen/v2/structuuronderdeelgroep"


def products(source_dir: Path, *, locations: int, groups: int, seed: int) -> dict[str, Product]:
    """Every product by its path; the same arguments give the same records.

    The built-in schools and offers are always there. `locations` and `groups` (organised groups)
    are totals; there are fewer groups only when every location already has all that fit it.
    Raises CatalogueSourceError when a source file cannot be read or used.
    """
    try:
        return _made(Source(source_dir), Random(seed), locations, groups)
    except (KeyError, ValueError, IndexError) as error:
        # The build names file, row and field; checking twice would be checking differently.
        raise CatalogueSourceError(
            source_dir.name, 0, "", f"een waarde is niet bruikbaar ({error})",
            "Keur de bestanden met duaalwijzer catalogue build --source.") from error


def _made(source: Source, random: Random, locations: int, groups: int) -> dict[str, Product]:
    known = Groups(source)
    schools = Schools(source, random, locations)
    offers = Offers(source, known, schools, random, groups)
    return {
        INSTITUTION: Product((*schools.institutions.values(), *schools.boards()), frozenset({
            "filter_instelling_niveau", "filter_instelling_type",
            "filter_instelling_nummer"})),
        LOCATION: Product(tuple(schools.locations.values()), frozenset({
            "filter_instellingslocatie_hoofdstructuur", "filter_instelling_nummer",
            "filter_instellingslocatie_vestigingsnummer"})),
        GROUP: Product(tuple(known.entries.values()), frozenset({
            "filter_administratievegroep_ingericht"})),
        OFFER: Product(tuple(offers.entries.values()), frozenset({
            "filter_instelling_nummer", "filter_instellingslocatie_vestigingsnummer"}),
            shrinks=True),
        UNIT: Product(tuple(units(source.programmes)), linked=True),
    }
