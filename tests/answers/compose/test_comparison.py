from dataclasses import replace

from bot.answers.compose.comparison import compose_comparison
from bot.answers.compose.results import ComparisonShown, ProgrammeFacts
from bot.answers.texts import Texts
from tests.answers.values import INFO, contract, programme


def test_two_programmes_stand_side_by_side_and_what_is_equal_is_said_once(texts: Texts) -> None:
    one, other = programme(), replace(programme("93", "Koelinstallaties duaal"), domain="Horeca")
    message = contract(compose_comparison(ComparisonShown(
        (ProgrammeFacts(one, "OK3"), ProgrammeFacts(other, "OK4")), INFO), texts))

    assert message["kind"] == "compare"
    assert [card["title"] for card in message["cards"]] == [one.title, other.title]
    first, second = (set(card["lines"]) for card in message["cards"])
    assert first
    assert second
    assert not first & second
    assert not any(line in message["bullets"][0] for line in first | second)
    assert [b["payload"] for b in message["buttons"]][:2] == ["opleiding:88", "opleiding:93"]


def test_dual_beside_full_time_tells_the_difference_and_offers_only_the_dual_one(
    texts: Texts
) -> None:
    plain = replace(programme("89", "Elektrische installaties"), dual=False)
    message = contract(compose_comparison(ComparisonShown(
        (ProgrammeFacts(programme(), "OK3"), ProgrammeFacts(plain, "OK3")), INFO),
        texts))

    assert "zonder duaal" in message["text"]
    assert [b["payload"] for b in message["buttons"]] == [
        "opleiding:88", "onderwerp:voordelen_nadelen"]
    assert "payload" not in message["cards"][1]


def test_every_line_that_is_equal_is_a_bullet_of_its_own(texts: Texts) -> None:
    one, other = programme(), programme("93", "Koelinstallaties duaal")
    message = contract(compose_comparison(ComparisonShown(
        (ProgrammeFacts(one, "OK3"), ProgrammeFacts(other, "OK3")), INFO), texts))

    assert "Voor allebei gelijk: je leert op school en op een werkplek" in message["bullets"]
    assert len(message["bullets"]) > 1
