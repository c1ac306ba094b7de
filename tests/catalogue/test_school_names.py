from dataclasses import replace

from bot.catalogue.model import School
from bot.catalogue.school_names import named, school_names

SCHOOL = School("1-1", "GO! SO De Vesten Herentals", "", "2200", "Herentals", "Antwerpen", 51.0,
                4.0, "GO!", "", "", "")
SCHOOLS = {s.key: s for s in (
    SCHOOL,
    replace(SCHOOL, key="2-1", name="Don Bosco Technisch Instituut", municipality="Halle"),
    replace(SCHOOL, key="3-1", name="Don Bosco Genk", municipality="Genk"),
    replace(SCHOOL, key="4-1", name="VTI Aalst", municipality="Aalst"),
    replace(SCHOOL, key="5-1", name="Technisch Instituut Aalst", municipality="Aalst"),
)}
NAMES = school_names(SCHOOLS)


def test_a_school_is_called_by_its_whole_name_and_by_what_is_its_own() -> None:
    for name in ("go so de vesten herentals", "de vesten herentals", "de vesten"):
        assert NAMES[name] == ("1-1",)
    assert NAMES["vti aalst"] == ("4-1",)


def test_a_place_or_a_common_word_alone_is_no_school() -> None:
    assert not {"aalst", "herentals", "technisch instituut", "vti", "instituut"} & set(NAMES)


def test_a_name_of_several_schools_is_narrowed_by_the_place_that_is_said() -> None:
    both = named(NAMES, SCHOOLS, ["Don Bosco"], [])

    assert [s.municipality for s in both] == ["Genk", "Halle"]
    assert [s.key for s in named(NAMES, SCHOOLS, ["don bosco"], ["Halle"])] == ["2-1"]


def test_a_school_of_that_name_in_another_town_is_not_meant() -> None:
    assert named(NAMES, SCHOOLS, ["don bosco"], ["Haacht"]) == ()
