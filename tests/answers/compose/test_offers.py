from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from bot.answers.compose.offers import compose_offers, offered_line, what, where
from bot.answers.compose.results import OffersShown
from bot.answers.texts import Texts
from bot.catalogue.model import Place, Programme
from bot.catalogue.narrowing import Narrowing
from bot.catalogue.nets import NETS
from bot.catalogue.offers import Hit, OfferQuery, OfferResult, Step
from tests.answers.values import GENT, INFO, contract, hit, offered, programme, school

LEDEBERG = Place("Ledeberg", "9050", "44021", "Gent", "Oost-Vlaanderen", 51.04, 3.74)
PLUMBER = programme("133", "Installateur duaal", years=(3, 4))
FULL_TIME = programme("188", "Elektrische installaties", dual=False)


def result(*hits: Hit, **changes: Any) -> OfferResult:
    """A complete search for one programme in Gent, all on one page, with other parts."""
    parts: dict[str, Any] = {
        "query": OfferQuery(("88",), GENT), "programmes": (programme(),), "hits": hits,
        "found": len(hits), "nearest": hits[0] if hits else None, "widened": (),
        "known": len(hits), "total": len(hits), "related": (), "full_time": (),
    }
    return OfferResult(**{**parts, **changes})


def shown(texts: Texts, found: OfferResult, interest: str = "", start: int = 0) -> dict[str, Any]:
    return contract(compose_offers(OffersShown(found, INFO, interest, start), texts))


def page(texts: Texts, hits: Sequence[Hit], start: int = 0) -> dict[str, Any]:
    """The answer with one page of five of a search that found all the hits."""
    return shown(texts, result(*hits[start:start + 5], found=len(hits),
                               nearest=hits[0] if hits else None), start=start)


def payloads(message: dict[str, Any]) -> list[str]:
    return [b["payload"] for b in message["buttons"]]


def test_the_first_page_holds_five_schools_and_a_button_for_more(texts: Texts) -> None:
    said = page(texts, [hit(i, float(i)) for i in range(1, 13)])

    assert [c["title"] for c in said["cards"]] == [f"School {i}" for i in range(1, 6)]
    assert payloads(said)[0] == "meer:5"
    assert "7" in said["buttons"][0]["label"]
    assert "12 scholen" in said["text"]


@pytest.mark.parametrize(("number", "start", "cards", "more"), [
    (5, 0, 5, False), (6, 0, 5, True), (6, 5, 1, False), (10, 5, 5, False), (11, 5, 5, True)])
def test_more_is_offered_only_while_there_is_more(
    texts: Texts, number: int, start: int, cards: int, more: bool
) -> None:
    said = page(texts, [hit(i) for i in range(number)], start)

    assert len(said["cards"]) == cards
    assert any(p.startswith("meer:") for p in payloads(said)) is more


@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.integers(0, 30))
def test_pressing_more_shows_every_school_once_in_order(texts: Texts, number: int) -> None:
    found, seen, start = [hit(i) for i in range(number)], [], 0
    while True:
        said = page(texts, found, start)
        seen += [c["school"] for c in said.get("cards", [])]
        more = [p for p in payloads(said) if p.startswith("meer:")]
        if not more:
            break
        start = int(more[0].removeprefix("meer:"))

    assert seen == [f"{i}-1" for i in range(number)]


def test_one_school_is_not_told_as_many(texts: Texts) -> None:
    assert texts.say("aanbod", "gevonden_een") in shown(texts, result(hit()))["text"]


def test_the_answer_says_what_it_looked_for_and_where(texts: Texts) -> None:
    said = shown(texts, result(hit()), "stroom")

    assert "Elektrische installaties duaal in Gent" in said["text"]
    assert said["understood"] == {"programmes": ["Elektrische installaties duaal"],
                                  "interest": "stroom", "municipality": "Gent",
                                  "postcode": "9000"}


@pytest.mark.parametrize(("query", "words"), [
    (OfferQuery(place=GENT), "in Gent"),
    (OfferQuery(place=LEDEBERG), "in Ledeberg (Gent)"),
    (OfferQuery(place=GENT, radius_km=15.0), "binnen 15 km van Gent"),
    (OfferQuery(place=LEDEBERG, radius_km=15.0), "binnen 15 km van Ledeberg (Gent)"),
    (OfferQuery(province="Limburg"), "in de provincie Limburg"),
    (OfferQuery(), "in Vlaanderen en Brussel"),
])
def test_where_is_told_as_it_was_asked(texts: Texts, query: OfferQuery, words: str) -> None:
    assert where(query, texts) == words


def said_what(texts: Texts, interest: str, *programmes: Programme) -> str:
    return what(OffersShown(result(programmes=programmes), INFO, interest), texts)


def test_what_names_one_or_two_programmes_and_counts_more(texts: Texts) -> None:
    three = (programme(), PLUMBER, programme("304", "Keuken duaal"))

    assert said_what(texts, "") == texts.say("aanbod", "alles")
    assert said_what(texts, "x", *three[:2]) == (
        "Elektrische installaties duaal of Installateur duaal")
    assert said_what(texts, "", programme(), programme("89")) == "Elektrische installaties duaal"
    assert said_what(texts, "techniek", *three) == texts.say(
        "aanbod", "interesse", woord="techniek", aantal=3)
    assert "Elektrische installaties duaal" in said_what(texts, "", *three)


@pytest.mark.parametrize("net", NETS)
def test_every_net_asked_for_is_told(texts: Texts, net: str) -> None:
    asked = replace(result(), query=OfferQuery(("88",), GENT, net=net))

    assert what(OffersShown(asked, INFO, ""), texts) == (
        f"Elektrische installaties duaal {texts.entry('filters', 'net')[net]}")


def test_filters_are_told_and_one_that_nothing_meets_is_named_and_left_out(texts: Texts) -> None:
    found = replace(result(), query=OfferQuery(("88",), GENT, years=(5,), open_only=True))
    by = Narrowing((5,), True, finality="dubbel", form="OV3")
    message = contract(compose_offers(OffersShown(found, INFO, "", by=by, unmet=("vorm",)), texts))

    assert "dubbele finaliteit in het 5de jaar waar je je nog kan inschrijven" in message["text"]
    assert texts.entry("filters", "niet")["vorm"] in message["text"]
    assert message["understood"]["years"] == [5]
    assert len(message["understood"]["filters"]) == 3


def test_past_the_last_page_it_says_that_all_were_shown(texts: Texts) -> None:
    past = OffersShown(result(hit()), INFO, "", past=True)
    message = contract(compose_offers(past, texts))

    assert len(message["cards"]) == 1
    assert not any(p.startswith("meer:") for p in payloads(message))
    assert texts.say("aanbod", "alles_getoond") in message["text"]


def test_a_widened_search_says_how_it_widened_and_where_the_nearest_is(texts: Texts) -> None:
    found = result(
        Hit(school(1, municipality="Aalst"), (offered(),), 22.4),
        widened=(Step("gemeente"), Step("straal", radius_km=10.0), Step("straal", radius_km=20.0),
                 Step("provincie", province="Oost-Vlaanderen")))
    said = shown(texts, found)

    assert said["widened"] == ["in Gent", "binnen 10 km", "binnen 20 km",
                               "in de provincie Oost-Vlaanderen"]
    assert texts.say("aanbod", "ruimer", gemeente="Aalst", afstand="22 km") in said["text"]
    assert "Ik vond 1 school" not in said["text"]


def test_beyond_the_province_related_and_full_time_programmes_are_named_too(texts: Texts) -> None:
    found = result(Hit(school(1, municipality="Aalst"), (offered(),), 79.6),
                   widened=(Step("gemeente"), Step("overal")), related=(PLUMBER,),
                   full_time=(FULL_TIME, FULL_TIME))
    said = shown(texts, found)

    assert texts.say("aanbod", "ruimer_dichtst", gemeente="Aalst", afstand="80 km") in said["text"]
    assert said["widened"][-1] == texts.say("aanbod", "stap_overal")
    assert texts.say("aanbod", "verwant", lijst="Installateur duaal") in said["text"]
    assert texts.say("aanbod", "voltijds", lijst="Elektrische installaties") in said["text"]
    assert "opleiding:133" in payloads(said)


def test_without_a_distance_none_is_made_up(texts: Texts) -> None:
    found = result(hit(1, None), query=OfferQuery(("88",), province="Limburg"),
                   widened=(Step("provincie", province="Limburg"), Step("overal")))
    said = shown(texts, found)

    assert "km" not in str(said)
    assert "vogelvlucht" not in str(said)
    assert "()" not in said["text"]
    assert "distance_km" not in said["cards"][0]
    assert texts.say("aanbod", "ruimer_overal") in said["text"]


def test_a_school_next_door_has_a_distance_and_no_exactness_it_cannot_have(texts: Texts) -> None:
    said = shown(texts, result(hit(1, 0.04), hit(2, 3.44)))

    assert said["cards"][0]["distance_km"] == 0.0
    assert "minder dan 1 km in vogelvlucht" in said["cards"][0]["lines"]
    assert said["cards"][1]["distance_km"] == 3.4
    assert "3,4 km in vogelvlucht" in said["cards"][1]["lines"]


def test_nothing_found_still_gives_a_way_on(texts: Texts) -> None:
    said = shown(texts, result(widened=(Step("overal"),), related=(PLUMBER,),
                               full_time=(FULL_TIME,), total=4))

    assert texts.say("aanbod", "niets") in said["text"]
    assert "cards" not in said
    assert "Installateur duaal" in said["text"]
    assert {"opleiding:133", "taak:hulp"} <= set(payloads(said))
    assert said["sources"][0]["url"].startswith("https://")


def test_related_programmes_stay_away_when_the_search_simply_succeeded(texts: Texts) -> None:
    said = shown(texts, result(hit(), related=(PLUMBER,), full_time=(FULL_TIME,)))

    assert "Installateur" not in str(said)
    assert texts.say("aanbod", "voltijds", lijst="Elektrische installaties") not in said["text"]


def test_how_complete_the_list_is_is_told(texts: Texts) -> None:
    partly = shown(texts, result(hit(), known=3, total=36))
    unknown = shown(texts, result(hit(), known=3, total=None))
    whole = shown(texts, result(hit(), known=36, total=36))

    assert texts.say("aanbod", "onvolledig_totaal", totaal=36, gekend=3) in partly["text"]
    assert texts.say("aanbod", "onvolledig") in unknown["text"]
    assert "niet volledig" not in whole["text"]
    assert partly["as_of"] == {"school_year": "2026-2027", "date": "2026-10-09",
                               "complete": False, "known": 3, "total": 36}
    assert "total" not in unknown["as_of"]
    assert whole["as_of"]["complete"] is True


def test_a_card_names_the_school_and_how_to_reach_it(texts: Texts) -> None:
    found = result(Hit(school(1, phone="09 1"), (offered(),), 2.0), hit(2))
    first, second = shown(texts, found)["cards"]

    assert (first["title"], first["subtitle"]) == ("School 1", "Markt 1, 9000 Gent")
    assert (first["phone"], first["url"]) == ("09 1", "https://example.org/1")
    assert (first["school"], first["payload"], first["programme"]) == ("1-1", "school:1-1", "88")
    assert "phone" not in second


@pytest.mark.parametrize(("opens", "told"), [
    ((True,), True), ((False,), False), ((None,), None), ((False, True), True),
    ((True, None), True), ((False, None), None), ((False, False), False),
])
def test_a_school_is_closed_only_when_every_trajectory_is(
    texts: Texts, opens: tuple[bool | None, ...], told: bool | None
) -> None:
    trajectories = (offered(str(i), state) for i, state in enumerate(opens))

    assert shown(texts, result(hit(1, None, *trajectories)))["cards"][0].get("open") is told


def test_enrolment_is_told_as_open_closed_or_unknown(texts: Texts) -> None:
    lines = {state: offered_line(offered(opens=state), texts) for state in (True, False, None)}

    assert len(set(lines.values())) == 3
    assert lines[True] == ("Elektrische installaties duaal, 5de en 6de jaar: "
                           + texts.say("aanbod", "open"))
    assert offered_line(offered(years=()), texts).startswith("Elektrische installaties duaal: ")


def test_a_school_with_much_to_offer_shows_six_lines_and_counts_the_rest(texts: Texts) -> None:
    many = tuple(offered(str(i), title=f"Opleiding {i}") for i in range(9))
    card = shown(texts, result(hit(1, None, *many)))["cards"][0]

    assert [line.partition(",")[0] for line in card["lines"][:6]] == [
        f"Opleiding {i}" for i in range(6)]
    assert card["lines"][6:] == [texts.say("aanbod", "nog", aantal=3)]
    assert "programme" not in card


def test_one_programme_leads_to_what_comes_after_it(texts: Texts) -> None:
    long = programme("88", "Elektrotechnische installaties en onderhoud van gebouwen duaal " * 2)

    assert payloads(shown(texts, result(hit()))) == ["taak:pad", "taak:hulp"]
    assert payloads(shown(texts, result(hit(), programmes=(long,)))) == ["taak:pad", "taak:hulp"]


def test_several_programmes_become_at_most_three_to_choose_from(texts: Texts) -> None:
    many = tuple(programme(str(i), f"Opleiding {i} duaal") for i in range(5))

    assert payloads(shown(texts, result(hit(), programmes=many))) == [
        "opleiding:0", "opleiding:1", "opleiding:2", "taak:hulp"]


def test_a_later_page_of_a_widened_search_still_tells_where_the_nearest_is(texts: Texts) -> None:
    nearest = Hit(school(1, municipality="Aalst"), (offered(),), 22.4)
    found = result(Hit(school(6, municipality="Ninove"), (offered(),), 39.0), found=6,
                   nearest=nearest, widened=(Step("gemeente"),))

    assert texts.say("aanbod", "ruimer", gemeente="Aalst", afstand="22 km") in shown(
        texts, found, start=5)["text"]
