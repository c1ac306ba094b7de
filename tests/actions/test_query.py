from typing import Any

import cattrs
import pytest
from rasa_sdk import Tracker

from actions.query import MAX_PROGRAMMES, STATE, asked, find_programmes, latest_names
from actions.search import Search
from bot import resources
from bot.settings import Settings

pytestmark = pytest.mark.usefixtures("real_catalogue")


@pytest.fixture
def real_catalogue(settings: Settings) -> None:
    """The real catalogue, as `settings` put it in use."""


NOTHING = Search()


def tracker(*latest: tuple[str, Any], before: Search = NOTHING, **slots: Any) -> Tracker:
    """A conversation with this search so far; its latest message has these (kind, value) names."""
    message = {"entities": [{"entity": kind, "value": value} for kind, value in latest]}
    return Tracker("web-1", {STATE: cattrs.unstructure(before), **slots}, message, [], False,
                   None, {}, None)


def numbers(*names: str) -> list[str]:
    return [p.number for p in find_programmes(names)[0]]


def test_nothing_said_asks_for_everything_everywhere() -> None:
    wanted = asked(tracker())

    assert (wanted.programmes, wanted.interest, wanted.places) == ((), "", ())
    assert wanted.place is None
    query = wanted.query()
    assert (query.programmes, query.place, query.province, query.radius_km) == (
        (), None, None, None)


def test_a_place_and_a_programme_become_one_search() -> None:
    wanted = asked(tracker(("plaats", "Gent"), ("opleiding", "elektrische installaties"),
                           ("straal", "15")))
    query = wanted.query()

    assert query.programmes == ("88",)
    assert query.place is not None
    assert query.place.municipality == "Gent"
    assert query.radius_km == 15.0
    assert wanted.interest == "elektrische installaties"


@pytest.mark.parametrize("plaats", ["Gent", ["Gent"], "9000", ["44021"]])
def test_a_place_may_be_a_name_a_postcode_or_a_number_alone_or_in_a_list(plaats: Any) -> None:
    place = asked(tracker(plaats=plaats)).place

    assert place is not None
    assert place.niscode == "44021"


def test_a_name_of_two_places_is_left_open() -> None:
    wanted = asked(tracker(("plaats", "Aalst")))

    assert {p.niscode for p in wanted.places} == {"41002", "71053"}
    assert wanted.place is None
    assert wanted.query().place is None


def test_an_unknown_place_is_kept_as_it_was_said() -> None:
    wanted = asked(tracker(("plaats", "Parijs")))

    assert (wanted.places, wanted.place_text) == ((), "Parijs")


def test_two_names_of_one_place_narrow_each_other_down() -> None:
    wanted = asked(tracker(("plaats", "Aalst"), ("plaats", "9300")))

    assert wanted.place is not None
    assert wanted.place.niscode == "41002"


@pytest.mark.parametrize(("said", "province"), [
    ("provincie Antwerpen", "Antwerpen"), ("Limburg", "Limburg")])
def test_a_province_is_searched_as_a_whole(said: str, province: str) -> None:
    query = asked(tracker(("provincie", said), before=Search(places=("Gent",)))).query()

    assert (query.province, query.place) == (province, None)


def test_a_place_named_now_beats_a_province_said_before() -> None:
    limburg = Search(province="Limburg")

    assert asked(tracker(before=limburg)).province == "Limburg"
    now = asked(tracker(("plaats", "Gent"), before=limburg))
    assert now.province is None
    assert now.query().place is not None


def test_a_province_beside_a_place_tells_which_of_that_name() -> None:
    wanted = asked(tracker(("plaats", "Aalst"), ("provincie", "Limburg")))

    assert [p.municipality for p in wanted.places] == ["Sint-Truiden"]
    assert wanted.province is None


@pytest.mark.parametrize(("said", "municipality"), [
    (("provincie", "Limburg"), "Sint-Truiden"), (("plaats", "Sint-Truiden"), "Sint-Truiden"),
    (("plaats", "Ninove"), "Aalst"), (("plaats", "Brugge"), "Brugge")])
def test_after_which_place_a_province_or_a_neighbour_chooses_one(
    said: tuple[str, str], municipality: str
) -> None:
    before = Search(places=("Aalst",), choices=("Aalst",))
    wanted = asked(tracker(said, before=before, gevraagd="which_place"))

    assert [p.municipality for p in wanted.places] == [municipality]


def test_the_other_place_of_a_name_can_still_be_chosen() -> None:
    before = Search(places=("Aalst (Aalst)",), choices=("Aalst",))
    wanted = asked(tracker(("wens", "andere"), before=before))

    assert [p.municipality for p in wanted.places] == ["Sint-Truiden"]


def test_a_sentence_that_was_typed_when_a_place_was_asked_is_no_place() -> None:
    assert asked(tracker(plaats="ergens bij ons")).search.places == ("ergens bij ons",)
    assert asked(tracker(plaats="mag ik eerst iemand spreken daarover")).search.places == ()


def test_the_latest_names_are_kept_by_kind_in_order() -> None:
    said = tracker(("opleiding", "hout"), ("plaats", "Gent"), ("opleiding", "bouw"))

    assert latest_names(said) == {"opleiding": ["hout", "bouw"], "plaats": ["Gent"]}
    assert latest_names(Tracker("web-1", {}, {}, [], False, None, {}, None)) == {}


def test_a_pressed_programme_is_that_programme_and_no_interest() -> None:
    programmes, interest = find_programmes(("88",))

    assert ([p.number for p in programmes], interest) == (["88"], "")


def test_an_official_title_says_it_all_and_other_words_only_explain() -> None:
    programmes, interest = find_programmes(("auto's", "elektrische installaties"))

    assert ([p.number for p in programmes], interest) == (["88"], "elektrische installaties")


def test_interests_that_share_programmes_narrow_each_other_down() -> None:
    wide, narrow = numbers("auto's"), numbers("garagist")

    assert set(narrow) < set(wide)
    assert set(numbers("auto's", "garagist")) == set(narrow)
    assert find_programmes(("auto's", "garagist"))[1] == "auto's"


def test_interests_that_share_nothing_are_both_searched_in_order() -> None:
    cars, wood = numbers("garagist"), numbers("hout")

    assert not set(cars) & set(wood)
    assert numbers("garagist", "hout") == [*cars, *wood]
    assert find_programmes(("garagist", "hout"))[1] == "garagist of hout"


def test_an_unknown_name_finds_nothing_but_stays_the_interest() -> None:
    assert find_programmes(("ruimtevaart",)) == ((), "ruimtevaart")
    assert find_programmes(()) == ((), "")


def test_a_search_never_becomes_endless() -> None:
    titles = [p.title for p in resources.catalogue().programmes.values()
              if p.dual and not p.introductory]

    assert len(titles) > MAX_PROGRAMMES
    assert len(numbers(*titles)) == MAX_PROGRAMMES
