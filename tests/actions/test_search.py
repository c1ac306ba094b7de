from actions.search import Search
from bot.catalogue.narrowing import Narrowing


def after(search: Search, fresh: bool = False, **said: list[str]) -> Search:
    return search.after(said, fresh)


GENT = Search(programmes=("bakker",), places=("Gent",), by=Narrowing(years=(5,), open_only=True))


def test_another_place_keeps_the_programme_and_the_filters() -> None:
    search = after(GENT, plaats=["Aalter"])

    assert (search.programmes, search.places, search.by) == (("bakker",), ("Aalter",), GENT.by)


def test_a_fresh_search_forgets_filters_and_distance_but_keeps_the_place() -> None:
    search = after(after(GENT, straal=["20"]), fresh=True, opleiding=["kapper"])

    assert search.by == Narrowing()
    assert (search.radius_km, search.places) == (None, ("Gent",))


def test_another_programme_keeps_open_and_year_but_no_seventh_year() -> None:
    assert after(GENT, opleiding=["kapper"]).by == GENT.by
    seventh = after(GENT, jaar=["7"])
    assert after(seventh, opleiding=["kapper"]).by.years == ()


def test_filters_are_added_changed_and_taken_away_over_turns() -> None:
    search = after(Search(programmes=("hout",)), open=["1"])
    search = after(search, jaar=["5", "6"])
    assert search.by == Narrowing(years=(5, 6), open_only=True)
    assert after(search, open=["0"]).by == Narrowing(years=(5, 6))
    assert after(search, wens=["zonder_filter"]).by == Narrowing()


def test_the_whole_province_holds_until_another_place_is_named() -> None:
    wide = after(GENT, gebied=["provincie"])

    assert wide.by.area == "provincie"
    assert after(wide, plaats=["Aalst"]).by.area == ""


def test_the_other_one_is_the_programme_of_before() -> None:
    search = after(after(Search(programmes=("hout",)), opleiding=["bakker"]), wens=["andere"])

    assert (search.programmes, search.before) == (("hout",), ("bakker",))


def test_a_little_further_widens_the_distance_each_time() -> None:
    once = after(GENT, wens=["verder"])
    twice = after(once, wens=["verder"])

    assert (once.radius_km, twice.radius_km) == (20.0, 40.0)


def test_a_place_with_its_province_keeps_both_and_a_province_alone_drops_the_place() -> None:
    both = after(GENT, plaats=["Tielt"], provincie=["West-Vlaanderen"])
    assert (both.places, both.province) == (("Tielt",), "West-Vlaanderen")
    assert after(GENT, provincie=["Limburg"]).places == ()


def test_another_programme_drops_a_group_but_stays_in_special_education() -> None:
    search = after(Search(programmes=("hout",)), vorm=["OV3"], finaliteit=["arbeidsmarkt"])

    assert after(search, opleiding=["kok"]).by == Narrowing(form="OV3")
