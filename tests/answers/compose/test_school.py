from bot.answers.compose.offers import offered_line
from bot.answers.compose.results import SchoolShown
from bot.answers.compose.school import compose_school
from bot.answers.texts import Texts
from tests.answers.values import INFO, contract, offered, school


def test_a_school_is_shown_with_its_address_record_and_everything_it_offers(
    texts: Texts,
) -> None:
    trajectories = tuple(offered(str(i), title=f"Opleiding {i}") for i in range(9))
    said = contract(compose_school(SchoolShown(school(1, phone="09 1"), trajectories, INFO),
                                   texts))
    (card,) = said["cards"]

    assert (said["kind"], said["title"]) == ("offers", "School 1")
    assert "Markt 1, 9000 Gent" in said["text"]
    assert said["bullets"] == [offered_line(o, texts) for o in trajectories]
    assert (card["subtitle"], card["phone"], card["url"]) == (
        "Markt 1, 9000 Gent", "09 1", "https://example.org/1")
    assert (card["school"], card["lat"], card["lon"]) == ("1-1", 51.05, 3.73)
    assert said["as_of"]["date"] == said["sources"][0]["checked"] == "2026-10-09"


def test_a_school_without_phone_or_offer_is_still_a_whole_answer(texts: Texts) -> None:
    said = contract(compose_school(SchoolShown(school(), (), INFO), texts))

    assert "phone" not in said["cards"][0]
    assert "bullets" not in said
    assert "geen duaal aanbod" in said["text"]
