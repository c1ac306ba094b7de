import math
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from bot.catalogue.catalogue import Catalogue
from bot.catalogue.model import Place
from bot.catalogue.offers import OfferQuery, OfferResult, Step
from bot.catalogue.search import search_offers


def place(catalogue: Catalogue, text: str) -> Place:
    return catalogue.places.resolve(text)[0]


def schools(result: OfferResult) -> list[str]:
    return [hit.school.name for hit in result.hits]


def test_the_municipality_itself_comes_first_without_widening(catalogue: Catalogue) -> None:
    result = search_offers(catalogue, OfferQuery(("88",), place(catalogue, "9300")))

    assert schools(result) == ["School Aalst"]
    assert result.widened == ()


def test_each_widening_is_recorded_as_data(catalogue: Catalogue) -> None:
    result = search_offers(catalogue, OfferQuery(("88",), place(catalogue, "Gent")))

    assert schools(result) == ["School Aalst"]
    assert result.widened == (Step("gemeente"), Step("straal", radius_km=10.0),
                              Step("straal", radius_km=20.0))


def test_beyond_the_province_the_nearest_known_is_named(catalogue: Catalogue) -> None:
    result = search_offers(catalogue, OfferQuery(("304",), place(catalogue, "De Panne")))

    assert schools(result) == ["School Gent"]
    assert result.widened[-2:] == (Step("provincie", province="West-Vlaanderen"), Step("overal"))
    assert result.nearest is not None
    assert result.nearest.distance_km == pytest.approx(79.5, abs=2)


@pytest.mark.parametrize("radius", [10.0, 15.0, 20.0, 40.0, 100.0])
def test_no_step_is_taken_twice(catalogue: Catalogue, radius: float) -> None:
    result = search_offers(catalogue, OfferQuery(("146",), place(catalogue, "De Panne"),
                                                 radius_km=radius))

    assert result.widened[0] == Step("straal", radius_km=radius)
    assert len(set(result.widened)) == len(result.widened)
    assert schools(result) == ["School Truiden"]


def test_a_school_under_an_old_municipality_name_is_in_the_new_one(catalogue: Catalogue) -> None:
    kruibeke = place(catalogue, "Kruibeke")
    result = search_offers(catalogue, OfferQuery(("88",), kruibeke))

    assert schools(result) == ["School Beveren"]
    assert result.widened == ()


def test_a_province_is_searched_as_a_whole(catalogue: Catalogue) -> None:
    result = search_offers(catalogue, OfferQuery(("88",), province="Oost-Vlaanderen"))

    assert schools(result) == ["School Aalst", "School Beveren"]
    assert {hit.distance_km for hit in result.hits} == {None}


def test_an_empty_province_never_dead_ends(catalogue: Catalogue) -> None:
    result = search_offers(catalogue, OfferQuery(("304",), province="Limburg"))

    assert schools(result) == ["School Gent"]
    assert result.widened == (Step("provincie", province="Limburg"), Step("overal"))


def test_without_programme_every_dual_offer_of_the_place_is_listed(catalogue: Catalogue) -> None:
    gent = place(catalogue, "Gent")
    result = search_offers(catalogue, OfferQuery(place=gent))
    wider = search_offers(catalogue, OfferQuery(place=gent, dual_only=False))

    assert [o.number for o in result.hits[0].offered] == ["304"]
    assert [o.number for o in wider.hits[0].offered] == ["304", "188"]


def test_only_what_one_can_enrol_in_when_asked(catalogue: Catalogue) -> None:
    query = OfferQuery(("88",), place(catalogue, "Sint-Truiden"))

    assert schools(search_offers(catalogue, query)) == ["School Truiden"]
    assert "School Truiden" not in schools(search_offers(catalogue, replace(query,
                                                                            open_only=True)))


def test_only_the_year_asked_for(catalogue: Catalogue) -> None:
    result = search_offers(catalogue, OfferQuery(("88",), years=(6,)))

    assert schools(result) == ["School Aalst"]


def test_the_introductory_year_stands_in_only_when_its_programme_is_not_there(
    catalogue: Catalogue,
) -> None:
    aalst = search_offers(catalogue, OfferQuery(("88",), place(catalogue, "9300")))
    beveren = search_offers(catalogue, OfferQuery(("88",), place(catalogue, "9120")))

    assert [o.number for o in aalst.hits[0].offered] == ["88"]
    assert [o.number for o in beveren.hits[0].offered] == ["588"]


def test_how_complete_the_answer_is_is_told(catalogue: Catalogue) -> None:
    result = search_offers(catalogue, OfferQuery(("88",)))

    assert (result.known, result.total, result.complete) == (3, 36, False)


def test_what_is_known_is_counted_without_the_filters(catalogue: Catalogue) -> None:
    for query in (OfferQuery(("88",), years=(6,)), OfferQuery(("88",), open_only=True),
                  OfferQuery(("88",), net="vrij"), OfferQuery(("88",), net="syntra")):
        assert search_offers(catalogue, query).known == 3


def test_only_the_net_asked_for(catalogue: Catalogue) -> None:
    everywhere = OfferQuery(("88",))

    assert schools(search_offers(catalogue, replace(everywhere, net="GO!"))) == [
        "School Aalst", "School Beveren"]
    assert schools(search_offers(catalogue, replace(everywhere, net="vrij"))) == ["School Truiden"]


def test_a_search_in_one_net_widens_until_a_school_of_that_net_is_found(
    catalogue: Catalogue,
) -> None:
    aalst = place(catalogue, "9300")
    result = search_offers(catalogue, OfferQuery(("88",), aalst, net="vrij"))

    assert schools(result) == ["School Truiden"]
    assert result.widened[0] == Step("gemeente")
    assert result.widened[-1] == Step("overal")


def test_a_net_without_schools_finds_nothing_and_says_how_far_it_looked(
    catalogue: Catalogue,
) -> None:
    result = search_offers(catalogue, OfferQuery(("88",), place(catalogue, "9300"), net="syntra"))

    assert (result.hits, result.found, result.nearest) == ((), 0, None)
    assert result.widened[-1] == Step("overal")


def test_a_school_exactly_on_the_edge_of_the_radius_is_inside(catalogue: Catalogue) -> None:
    gent = place(catalogue, "Gent")
    nearest = search_offers(catalogue, OfferQuery(("88",), gent, radius_km=40.0)).nearest
    assert nearest
    assert nearest.distance_km
    edge = nearest.distance_km
    on = search_offers(catalogue, OfferQuery(("88",), gent, radius_km=edge))
    past = search_offers(catalogue, OfferQuery(("88",), gent, radius_km=math.nextafter(edge, 0)))

    assert (schools(on), on.widened) == ([nearest.school.name], ())
    assert len(past.widened) > 0


def test_a_page_holds_the_asked_part_and_the_first_of_all_stays_known(
    catalogue: Catalogue,
) -> None:
    truiden = place(catalogue, "Sint-Truiden")
    query = OfferQuery(("88",), truiden, radius_km=150.0)
    whole = search_offers(catalogue, query, limit=None)
    pages = [search_offers(catalogue, query, start, 1) for start in range(4)]

    assert len(whole.hits) == 3
    assert tuple(hit for page in pages for hit in page.hits) == whole.hits
    assert {page.found for page in pages} == {3}
    assert {page.nearest for page in pages} == {whole.hits[0]}


def test_related_and_full_time_programmes_are_offered_as_data(catalogue: Catalogue) -> None:
    result = search_offers(catalogue, OfferQuery(("88",), place(catalogue, "De Panne")))

    assert [p.number for p in result.related] == ["133", "146"]
    assert [p.number for p in result.full_time] == ["188"]


def test_a_programme_that_nobody_is_known_to_offer_gives_no_hits(catalogue: Catalogue) -> None:
    result = search_offers(catalogue, OfferQuery(("93",), place(catalogue, "Gent")))

    assert result.hits == ()
    assert result.nearest is None
    assert result.widened[-1] == Step("overal")


@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(lat=st.floats(50.7, 51.4), lon=st.floats(2.6, 5.8),
       radius=st.one_of(st.none(), st.floats(1, 200)))
def test_hits_are_always_in_order_of_distance_and_there_always_is_one(
    catalogue: Catalogue, lat: float, lon: float, radius: float | None
) -> None:
    somewhere = replace(place(catalogue, "Brugge"), lat=lat, lon=lon)
    result = search_offers(catalogue, OfferQuery(("88",), somewhere, radius_km=radius))
    distances = [hit.distance_km or 0.0 for hit in result.hits]

    assert distances
    assert distances == sorted(distances)
    if radius and not result.widened:
        assert max(distances) <= radius
