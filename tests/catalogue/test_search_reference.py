"""The search beside a brute-force reference that reads the source rows and nothing else.

DUAALWIJZER_ZOEKVOORBEELDEN sets how many random searches; benchmarks/search.py runs 5,000.
"""

from __future__ import annotations

import math
import os
from collections.abc import Iterator
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from bot.catalogue.catalogue import Catalogue
from bot.catalogue.model import Place
from bot.catalogue.nets import NETS
from bot.catalogue.offers import OfferQuery, Step
from bot.catalogue.opening import open_catalogue
from bot.catalogue.search import search_offers
from bot.settings import Settings
from tests.catalogue.generated import Generated, generate, read

EXAMPLES = int(os.environ.get("DUAALWIJZER_ZOEKVOORBEELDEN") or 300)
PROGRAMMES = {p["nummer"]: p for p in read(Settings().catalogue_source / "opleidingen.csv")}
RELATIONS = read(Settings().catalogue_source / "relaties.csv")
INTRODUCED = [r["van"] for r in RELATIONS if r["soort"] == "voorbereidend"][:10]
# Ten dual programmes with their introductory years, ten full-time ones, ten of any kind.
NUMBERS = sorted({*INTRODUCED,
                  *(r["naar"] for r in RELATIONS
                    if r["soort"] == "voorbereidend" and r["van"] in INTRODUCED),
                  *[n for n, p in PROGRAMMES.items() if p["duaal"] == "0"][:10],
                  *list(PROGRAMMES)[-10:]})


class Found(NamedTuple):
    """What a search found, as plain values."""

    hits: list[tuple[str, float | None, list[str]]]
    widened: list[Step]
    known: int


# What each net is called in the generated schools; Syntra and CDO stand in the name.
OFFICIAL = {"GO!": "GO!", "vrij": "Vrij gesubsidieerd", "officieel": "Officieel gesubsidieerd"}


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Generated:
    """Sixty schools with three hundred offer rows."""
    return generate(tmp_path_factory.mktemp("zoek"), 60, 300, seed=11, numbers=NUMBERS)


@pytest.fixture(scope="module")
def opened(generated: Generated) -> Iterator[Catalogue]:
    """The generated catalogue."""
    catalogue = open_catalogue(generated.file)
    yield catalogue
    catalogue.close()


def crow_flies(a: Place, b: dict[str, str]) -> float:
    """Kilometres over a sphere of 6371 km, by the spherical law with vectors."""
    def vector(lat: float, lon: float) -> tuple[float, float, float]:
        phi, theta = math.radians(lat), math.radians(lon)
        return (math.cos(phi) * math.cos(theta), math.cos(phi) * math.sin(theta), math.sin(phi))

    one, two = vector(a.lat, a.lon), vector(float(b["lat"]), float(b["lon"]))
    return 6371.0 * 2 * math.asin(min(1.0, math.dist(one, two) / 2))


def wanted_at(rows: list[dict[str, str]], query: OfferQuery) -> list[str]:
    """Programme numbers of the rows of one address that answer the query, by title."""
    asked = set(query.programmes)
    asked |= {r["naar"] for r in RELATIONS if r["soort"] == "voorbereidend"
              and r["van"] in query.programmes and PROGRAMMES[r["naar"]]["aanloop"] == "1"}
    fits = []
    for number in {r["nummer"] for r in rows}:
        same = [r for r in rows if r["nummer"] == number]
        if query.programmes and number not in asked:
            continue
        if not query.programmes and query.dual_only and PROGRAMMES[number]["duaal"] == "0":
            continue
        if query.years and not any(r["leerjaar"] == str(y) for r in same for y in query.years):
            continue
        if query.open_only and not any(r["inschrijvingen_open"] == "1" for r in same):
            continue
        fits.append(number)
    titles = {PROGRAMMES[n]["titel"].lower() for n in fits if PROGRAMMES[n]["aanloop"] == "0"}
    kept = [n for n in fits if PROGRAMMES[n]["aanloop"] == "0"
            or PROGRAMMES[n]["titel"].lower().removeprefix("aanloop ") not in titles]
    return sorted(kept, key=lambda n: (PROGRAMMES[n]["titel"], n))


def of_net(school: dict[str, str], net: str) -> bool:
    """True when a generated school is of the net."""
    return school["net"] == OFFICIAL[net] if net in OFFICIAL else net in school["naam"].lower()


def reference(generated: Generated, query: OfferQuery) -> Found:
    """Widen step by step; per address; by distance, then name, then school number."""
    found = []
    known = 0
    anything = OfferQuery(query.programmes, dual_only=query.dual_only)
    for school in generated.schools:
        key = f"{school['instelling']}-{school['vestiging']}"
        rows = [r for r in generated.offers if f"{r['instelling']}-{r['vestiging']}" == key]
        known += bool(wanted_at(rows, anything))
        numbers = wanted_at(rows, query)
        if numbers and (not query.net or of_net(school, query.net)):
            far = crow_flies(query.place, school) if query.place else None
            found.append((far, school, key, numbers))
    found.sort(key=lambda f: (round(f[0] or 0.0, 6), f[1]["naam"], f[2]))
    place, steps = query.place, []
    rings = []
    if place is None and query.province:
        rings.append((Step("provincie", province=query.province),
                      [f for f in found if f[1]["provincie"] == query.province]))
    if place is not None:
        if query.radius_km is None:
            rings.append((Step("gemeente"), [f for f in found
                                             if generated.municipality_of[f[2]] == place.niscode]))
        wider = [r for r in (10.0, 20.0, 40.0) if query.radius_km is None or r > query.radius_km]
        for radius in ([] if query.radius_km is None else [query.radius_km]) + wider:
            rings.append((Step("straal", radius_km=radius),
                          [f for f in found if (f[0] or 0.0) <= radius]))
        rings.append((Step("provincie", province=place.province),
                      [f for f in found if f[1]["provincie"] == place.province]))
    chosen = found if place is None else found[:1]
    for step, inside in rings:
        if inside:
            chosen = inside
            break
        steps.append(step)
    else:
        if rings:
            steps.append(Step("overal"))
    return Found([(key, far, numbers) for far, _, key, numbers in chosen], steps, known)


@st.composite
def queries(draw: st.DrawFn) -> dict[str, object]:
    """A random search; the place is a number that stands for one of the catalogue."""
    return {
        "programmes": tuple(draw(st.lists(st.sampled_from(NUMBERS), max_size=4, unique=True))),
        "place": draw(st.none() | st.integers(0, 10_000)),
        "province": draw(st.none() | st.sampled_from(
            ["Antwerpen", "Limburg", "Oost-Vlaanderen", "Brussel", "Vlaams-Brabant"])),
        "radius_km": draw(st.none() | st.sampled_from([5.0, 10.0, 15.0, 20.0, 40.0, 75.0])
                          | st.floats(0.5, 200)),
        "years": tuple(draw(st.lists(st.integers(3, 7), max_size=3, unique=True))),
        "open_only": draw(st.booleans()),
        "dual_only": draw(st.booleans()),
        "net": draw(st.sampled_from(["", "", *NETS])),
    }


@hypothesis_settings(max_examples=EXAMPLES, deadline=None)
@given(drawn=queries(), start=st.integers(0, 70), limit=st.none() | st.integers(1, 60))
def test_a_search_finds_what_walking_over_every_row_finds(
    opened: Catalogue, generated: Generated, drawn: dict[str, object], start: int,
    limit: int | None
) -> None:
    index = drawn.pop("place")
    places = opened.places.all
    place = places[index % len(places)] if isinstance(index, int) else None
    query = OfferQuery(place=place, **drawn)  # type: ignore[arg-type]

    result = search_offers(opened, query, start, limit)
    expected = reference(generated, query)
    page = expected.hits[start:][:limit]

    assert [(h.school.key, [o.number for o in h.offered]) for h in result.hits] == [
        (key, numbers) for key, _, numbers in page]
    assert [h.distance_km for h in result.hits] == [
        far if far is None else pytest.approx(far, abs=1e-3) for _, far, _ in page]
    assert result.found == len(expected.hits)
    assert (result.nearest and result.nearest.school.key) == (
        expected.hits[0][0] if expected.hits else None)
    assert list(result.widened) == expected.widened
    assert result.known == expected.known


def test_every_kind_of_widening_is_among_the_searches(
    opened: Catalogue, generated: Generated
) -> None:
    places = [p for p in opened.places.all if p.is_municipality]
    seen = {step.kind for place in places for number in NUMBERS[:10]
            for step in search_offers(opened, OfferQuery((number,), place)).widened}

    assert seen == {"gemeente", "straal", "provincie", "overal"}
