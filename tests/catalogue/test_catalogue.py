

from bot.catalogue.catalogue import Catalogue


def test_info_tells_school_year_date_and_number_of_offers(catalogue: Catalogue) -> None:
    info = catalogue.info

    assert (info.school_year, info.date, info.offers) == ("2026-2027", "2026-09-01", 9)


def test_programmes_and_schools_are_found_by_their_keys(catalogue: Catalogue) -> None:
    electric, gent = catalogue.programme("88"), catalogue.school("3-1")

    assert electric is not None
    assert electric.years == (5, 6)
    assert gent is not None
    assert gent.name == "School Gent"
    assert catalogue.programme("9999") is None
    assert catalogue.school("9-9") is None


def test_years_and_variants_at_one_school_are_one_trajectory(catalogue: Catalogue) -> None:
    offered = catalogue.offers["1-1"]["88"]

    assert offered.years == (5, 6)
    assert offered.open is True


def test_an_unknown_enrolment_stays_unknown(catalogue: Catalogue) -> None:
    assert catalogue.offers["2-1"]["146"].open is None
    assert catalogue.offers["2-1"]["88"].open is False


def test_a_name_an_alias_and_a_number_lead_to_programmes(catalogue: Catalogue) -> None:
    def numbers(text: str) -> list[str]:
        return [p.number for p in catalogue.find(text)]

    assert numbers("Elektrische installaties") == ["88"]
    assert numbers("elektriek") == ["88", "133"]
    assert numbers("22") == ["22"]
    assert numbers("ruimtevaart") == []


def test_municipalities_and_old_names_are_found(catalogue: Catalogue) -> None:
    gent = catalogue.municipality("44021")

    assert gent is not None
    assert gent.name == "Gent"
    assert [p.niscode for p in catalogue.places.resolve("Kruibeke")] == ["46030"]


def test_clbs_are_listed_nearest_first_and_only_within_the_limit(catalogue: Catalogue) -> None:
    aalst = catalogue.places.resolve("9300")[0]

    near = catalogue.clbs_near(aalst.lat, aalst.lon)
    further = catalogue.clbs_near(aalst.lat, aalst.lon, 50)
    assert [clb.name for clb in near] == ["CLB Aalst"]
    assert [clb.name for clb in further] == ["CLB Aalst", "CLB Gent"]
