from bot.answers.compose.handover import compose_handover
from bot.answers.compose.results import HandoverShown, OwnClb
from bot.answers.texts import Texts
from tests.answers.values import GENT, clb, contract

OWN = OwnClb("CLB Eigen", "09 000 00 00", "https://eigen.example")


def test_without_a_place_the_bot_gives_the_lines_for_everybody_and_asks_where(
    texts: Texts,
) -> None:
    said = contract(compose_handover(HandoverShown((), None), texts))

    assert (said["kind"], said["ask"]) == ("handover", "place")
    assert any("1700" in line for line in said["bullets"])
    assert any("clbchat.be" in line for line in said["bullets"])
    assert "cards" not in said


def test_with_a_place_the_clbs_near_it_are_shown_with_their_own_source(texts: Texts) -> None:
    said = contract(compose_handover(
        HandoverShown((clb(1), clb(2, phone="", street="", website="https://clb.example")), GENT),
        texts))

    assert "Gent" in said["text"]
    assert "ask" not in said
    assert [(c["title"], c["subtitle"], c.get("phone"), c.get("url")) for c in said["cards"]] == [
        ("CLB 1", "Straat 1, 9000 Gent", "09 123 45 67", None),
        ("CLB 2", "9000 Gent", None, "https://clb.example")]
    assert [(s["url"], s["published"]) for s in said["sources"][-2:]] == [
        ("https://example.org/clb1", "2021"), ("https://example.org/clb2", "2022")]


def test_at_most_three_clbs_are_shown_the_nearest_first(texts: Texts) -> None:
    said = contract(compose_handover(
        HandoverShown(tuple(clb(i) for i in range(1, 6)), GENT), texts))

    assert [c["title"] for c in said["cards"]] == ["CLB 1", "CLB 2", "CLB 3"]
    assert not [s for s in said["sources"] if "CLB 4" in s["title"]]
    assert len({c["id"] for c in said["cards"]}) == 3


def test_a_place_without_a_known_clb_says_so_and_keeps_the_lines_for_everybody(
    texts: Texts,
) -> None:
    said = contract(compose_handover(HandoverShown((), GENT), texts))

    assert said["text"] == texts.say("overdracht", "tekst_plaats_onbekend", plaats="Gent")
    assert said["bullets"]
    assert "cards" not in said


def test_the_answer_leads_on_to_what_a_clb_does(texts: Texts) -> None:
    said = compose_handover(HandoverShown((), None), texts)

    assert [b.payload for b in said.buttons] == ["onderwerp:clb"]


def test_the_own_clb_goes_first_and_no_place_is_asked_for(texts: Texts) -> None:
    said = contract(compose_handover(HandoverShown((), None, OWN), texts))

    assert said["text"] == texts.say("overdracht", "tekst_eigen")
    assert "ask" not in said
    assert [(c["title"], c["phone"], c["url"]) for c in said["cards"]] == [
        ("CLB Eigen", "09 000 00 00", "https://eigen.example")]


def test_the_own_clb_is_one_of_three_and_shown_once(texts: Texts) -> None:
    near = (clb(1, name="clb eigen"), *(clb(i) for i in range(2, 6)))

    said = contract(compose_handover(HandoverShown(near, GENT, OWN), texts))

    assert [c["title"] for c in said["cards"]] == ["CLB Eigen", "CLB 2", "CLB 3"]
    assert not [s for s in said["sources"] if "eigen" in s["title"].lower()]


def test_an_own_clb_without_phone_or_site_shows_its_name_alone(texts: Texts) -> None:
    card = contract(compose_handover(
        HandoverShown((), None, OwnClb("CLB Eigen", "", "")), texts))["cards"][0]

    assert {"phone", "url"} & set(card) == set()
