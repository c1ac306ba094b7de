"""Ask and look: the answer as each channel shows it, and why it came. Nothing of it is kept."""

from __future__ import annotations

import re
import time
import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from html import unescape
from typing import Any

import pytest
import requests

from bot import resources
from bot.answers.compose.knowledge import compose_topic
from bot.answers.render import messenger, telegram, whatsapp
from bot.answers.render.parts import numbering
from bot.knowledge.model import Knowledge, State
from bot.knowledge.silence import EVERYTHING, Silence, switch
from bot.nlu.cue_words import WAYS
from bot.settings import Settings
from bot.testbench.certainty import HELP_FIRST, certainty, is_after, nearest
from bot.testbench.dutch import VALUES
from bot.testbench.explain import Content, explain
from bot.testbench.held import MOST_TURNS, Held, Said, sender_of
from bot.testbench.looked_for import recognised, searched
from bot.testbench.previews import CHANNELS, Bubble, bubbles
from bot.testbench.worker import Reply
from tests.testbench.conftest import Bench, Client

ANSWER: dict[str, Any] = {
    "v": 1, "kind": "offers", "title": "Aanbod & meer", "text": "Ik vond *iets* in <Gent>.",
    "bullets": ["eerste punt", "tweede punt"],
    "cards": [{"id": "s1", "title": "School Een", "subtitle": "Dorp 1", "lines": ["3 km"],
               "phone": "09 123 45 67", "url": "https://een.example/a_b", "payload": "school:1"},
              {"id": "s2", "title": "School Twee", "payload": "school:2"}],
    "buttons": [{"title": "Toon meer", "payload": "meer:3", "label": "Toon meer scholen"},
                {"title": "Hulp", "payload": "taak:hulp", "label": "Ik wil hulp van een mens"}],
    "sources": [{"title": "Lijst", "checked": "2026-09-01", "url": "https://bron.example",
                 "published": "zonder datum"}],
    "image": {"url": "/plaatjes/pad.svg", "alt": "Van 3 naar 7"}, "ask_location": True,
    "map": {"url": "https://kaart.example/1", "title": "Route"},
    "as_of": {"school_year": "2026-2027", "date": "2026-09-01"},
}


def words(shown: tuple[Bubble, ...]) -> str:
    """Everything that the bubbles tell."""
    parts: list[str] = []
    for b in shown:
        parts += [b.title, "".join(s.text for s in b.spans), *b.bullets, b.picture, b.opens]
        parts += ["".join(s.text for s in note) for note in b.notes]
        parts += [text for tile in b.tiles for text in (tile.title, *tile.lines)]
    return "\n".join(parts)


def links(shown: tuple[Bubble, ...]) -> set[str]:
    spans = [s for b in shown for s in (*b.spans, *(s for note in b.notes for s in note),
                                        *(t.link for t in b.tiles if t.link))]
    return {s.url for s in spans if s.url}


def payloads(shown: tuple[Bubble, ...]) -> set[str]:
    presses = [p for b in shown for p in (*b.presses, *(p for t in b.tiles for p in t.presses))]
    return {p.payload for p in presses if p.payload}


@pytest.mark.parametrize("channel", [c for c in CHANNELS if c != "tekst"])
def test_every_choice_of_an_answer_can_be_pressed_on_each_channel(channel: str) -> None:
    assert payloads(bubbles(ANSWER, channel)) == set(numbering(ANSWER))


@pytest.mark.parametrize("channel", CHANNELS)
def test_every_channel_shows_all_words_the_picture_and_the_links(channel: str) -> None:
    shown = bubbles(ANSWER, channel)
    told = words(shown)

    for part in ("Aanbod & meer", "in <Gent>.", "eerste punt", "School Een", "09 123 45 67",
                 "Lijst", "Van 3 naar 7", "1 september 2026"):
        assert part in told, part
    assert {"https://bron.example", "https://kaart.example/1"} <= links(shown)


@pytest.mark.parametrize(("channel", "render"), [
    ("whatsapp", whatsapp.render), ("telegram", telegram.render), ("messenger", messenger.render)])
def test_a_messaging_channel_shows_one_bubble_for_each_message_that_is_sent(
    channel: str, render: Callable[..., list[dict[str, Any]]]
) -> None:
    assert len(bubbles(ANSWER, channel)) == len(render(ANSWER, "https://bot.example"))


def test_bold_is_bold_and_signs_of_formatting_stay_words() -> None:
    for channel in ("whatsapp", "telegram"):
        spans = [s for b in bubbles(ANSWER, channel) for s in b.spans]
        assert "Aanbod & meer" in {s.text for s in spans if s.bold}
        assert "iets" not in {s.text for s in spans if s.bold}


def parsed(tier: str, *ranking: tuple[str, float], intent: str = "") -> dict[str, Any]:
    labels = list(dict.fromkeys(name for name, _ in ranking))
    return {"text": "x", "tier": {"naam": tier, "keuzes": labels},
            "intent": {"name": intent or labels[0], "confidence": 0.5},
            "intent_ranking": [{"name": n, "confidence": c} for n, c in ranking]}


def content(silence: Silence | None = None) -> Content:
    return Content(resources.knowledge(), resources.facts(), resources.texts(),
                   resources.catalogue(), silence or Silence())


@pytest.mark.parametrize(("tier", "expected"), [
    ("zeker", ["zeker", "twijfel", "gokt"]), ("twijfel", ["twijfel"] * 3), ("nee", ["gokt"] * 3)])
def test_the_three_nearest_have_words_that_follow_what_the_bot_did(
    settings: Settings, tier: str, expected: list[str]
) -> None:
    ranking = (("wat/wat_is_duaal", 1.0), ("wat/wat_is_duaal", 0.9), ("aanbod", 0.2),
               ("geld/groeipakket", -0.4), ("groeten", -0.5))
    found = nearest(parsed(tier, *ranking), ["knowledge"], resources.knowledge(),
                    resources.texts())

    assert [near.word for near in found] == expected
    assert [near.topic for near in found] == ["wat_is_duaal", None, "groeipakket"]
    assert found[0].score == 0.9  # the real score, not that of a question an editor wrote


def test_only_what_led_to_the_answer_is_sure(settings: Settings) -> None:
    ranking = (("pad", -0.01), ("aanbod", 0.5), ("wat/wat_is_duaal", -0.6))
    compared = parsed("zeker", *ranking, intent="informeer")
    words = [near.word for near in nearest(compared, ["compare"], resources.knowledge(),
                                           resources.texts())]
    assert words == ["gokt", "twijfel", "gokt"]
    offered = nearest(compared, ["offers"], resources.knowledge(), resources.texts())
    assert [near.word for near in offered] == ["gokt", "woorden", "gokt"]
    two = parsed("zeker", ("wat/wat_is_duaal", 1.0), ("geld/groeipakket", 1.0),
                 intent="twee_vragen")
    assert [near.word for near in nearest(two, ["knowledge"] * 2, resources.knowledge(),
                                          resources.texts())] == ["zeker", "zeker"]


@pytest.mark.parametrize(("tier", "label", "intent", "kind", "verdict"), [
    ("twijfel", "hulp/pesten_geweld", "twijfel", "choice", HELP_FIRST),
    ("zeker", "aanbod", "aanbod", "offers", "begrepen uit de woorden (zoekvraag)"),
    ("nee", "pad", "informeer", "compare", "begrepen uit de woorden (vergelijking)"),
    ("zeker", "andere_taal", "andere_taal", "language", "andere taal"),
])
def test_where_no_chance_decided_none_is_told(
    settings: Settings, tier: str, label: str, intent: str, kind: str, verdict: str
) -> None:
    found = certainty(parsed(tier, (label, 0.9), intent=intent), [kind], resources.knowledge())

    assert verdict in found.verdict
    assert found.chance is None


@pytest.mark.parametrize(("alone", "kind", "topic", "after"), [
    ("twijfel", "knowledge", "startbonus", True), ("werkdag/ziek", "knowledge", "startbonus", True),
    ("geld/startbonus", "knowledge", "startbonus", False), ("werkdag/ziek", "choice", "", True),
    ("twijfel", "choice", "", False), ("buiten_bereik", "refusal", "", False)])
def test_a_question_that_the_answer_before_it_decided_is_told_as_such(
    alone: str, kind: str, topic: str, after: bool
) -> None:
    found = {**parsed("zeker", ("werkdag/ziek", 0.9), intent="leunt"), "alleen": alone,
             "weging": {}}
    message = {"kind": kind, **({"topic": topic} if topic else {})}

    assert is_after(found, [message]) is after
    assert not is_after({"tier": {}}, [message])


def test_none_of_the_nearest_is_sure_when_the_answer_before_decided(settings: Settings) -> None:
    found = {**parsed("zeker", ("werkdag/ziek", 0.9), intent="leunt"), "alleen": "werkdag/ziek"}

    for after, word in ((False, "zeker"), (True, "twijfel")):
        (near,) = nearest(found, ["knowledge"], resources.knowledge(), resources.texts(), after)
        assert near.word == word


def test_a_doubt_without_help_and_a_sure_topic_keep_their_chance(settings: Settings) -> None:
    for tier, intent, kind in (("twijfel", "twijfel", "choice"), ("zeker", "wat", "knowledge")):
        found = certainty(parsed(tier, ("wat/wat_is_duaal", 0.9), intent=intent), [kind],
                          resources.knowledge())
        assert found.chance == 0.5


SEARCH = {"programmes": ["kapper"], "without": [], "places": ["Gent"], "choices": [],
          "province": "", "radius_km": 20.0,
          "by": {"years": [7], "open_only": True, "net": "GO!", "domain": ""}}


def test_a_search_is_told_in_dutch_words(settings: Settings) -> None:
    catalogue, texts = resources.catalogue(), resources.texts()

    assert searched(SEARCH, (), texts, catalogue) == (
        "Opleiding of interesse: kapper",
        "Mogelijke richtingen: Kapper-stylist duaal of Haarverzorging duaal",
        "Plaats: Gent", "Afstand: tot 20 km", "Leerjaar: 7",
        "Alleen scholen: in scholen van het GO! en waar je je nog kan inschrijven")
    assert searched(None, (), texts, catalogue) == ()


@pytest.mark.parametrize(("number", "directions"), [(1, False), (2, True), (5, True), (6, False)])
def test_two_to_five_directions_are_named(
    settings: Settings, number: int, directions: bool
) -> None:
    titles = [f"Richting {i}" for i in range(number)]
    offers = {"kind": "offers", "text": "x", "understood": {"programmes": titles}}
    found = searched(SEARCH, [offers], resources.texts(), resources.catalogue())

    assert any(line.startswith("Mogelijke richtingen: Richting 0") for line in found) is directions


def test_programmes_are_told_by_title_and_of_a_comparison_both(settings: Settings) -> None:
    catalogue = resources.catalogue()
    search = {**SEARCH, "programmes": ["747"], "before": ["65"], "without": ["65"]}
    titles = [catalogue.programmes[number].title for number in ("747", "65")]
    compared = {"kind": "compare", "text": "x", "understood": {"programmes": titles}}

    found = searched(search, (), resources.texts(), catalogue)
    assert found[:2] == (f"Opleiding of interesse: {titles[0]}", f"Niet: {titles[1]}")
    assert searched(search, [compared], resources.texts(), catalogue)[0] == \
        f"Vergelijking van: {titles[0]} en {titles[1]}"


def test_codes_of_recognised_words_are_told_in_dutch_and_once(settings: Settings) -> None:
    parts = [{"entity": "wens", "value": "erna"}, {"entity": "wens", "value": "erna"},
             {"entity": "taal", "value": "pl"}, {"entity": "opleiding", "value": "747"}]
    assert recognised(parts, resources.catalogue()) == (
        ("wens", "wat erna komt"), ("andere taal", "Pools"),
        ("opleiding of interesse", "Kapper-stylist duaal"))
    codes = {(kind, value) for kind, value, _ in WAYS if kind != "domein" or value == "alle"}
    codes |= {("taal", name) for name in resources.texts().entries["talen"] if len(name) == 2}
    assert {(kind, value) for kind, value in codes if value not in VALUES[kind]} == set()


TOPIC = "leervergoeding_bedrag"


@pytest.mark.parametrize("everything", [False, True])
def test_a_silent_answer_is_told_as_silent_with_its_owner(
    settings: Settings, everything: bool
) -> None:
    texts, topic = resources.texts(), resources.knowledge().topics[TOPIC]
    said = texts.entry("gesprek", "stil")["tekst"].strip() if everything else \
        texts.say("kennis", "stil", vraag=topic.question)
    silence = Silence("we kijken na") if everything else Silence(None, {TOPIC: "we kijken na"})
    reply = Reply([{"kind": "fallback", "text": f"{said}\n\nEn nog iets."}],
                  parsed("zeker", (topic.label, 1.0)), None)
    found = explain(reply, content(silence), date(2026, 11, 26))

    assert found.verdict.startswith("Dit antwoord staat stil: we kijken na")
    assert ("hele bot" in found.verdict) is everything
    assert found.certainty is None
    assert (found.chosen[0].topic, found.chosen[0].owner) == (TOPIC, topic.owner)
    assert "niet begrepen" not in found.chosen[0].kind
    # Once it speaks again, the old turn says so.
    assert "spreekt het weer" in explain(reply, content(), date(2026, 11, 26)).verdict
    pressed = Reply(reply.messages, {"payload": f"onderwerp:{TOPIC}"}, None)
    assert explain(pressed, content(silence), date(2026, 11, 26)).chosen[0].topic == TOPIC


@pytest.mark.parametrize(("change", "kind", "state"), [
    ({"expires": date(2026, 11, 25)}, 'verlopen antwoord: "{}" (redactie moet het nakijken)',
     State.EXPIRED),
    ({"written": False, "owner": ""},
     'antwoord dat nog niet geschreven is: "{}" (nog niemand moet het schrijven)',
     State.UNWRITTEN)])
def test_an_answer_that_expired_or_is_not_written_is_told_as_such_with_who_must_do_something(
    settings: Settings, change: dict[str, Any], kind: str, state: State
) -> None:
    before, today = content(), date(2026, 11, 26)
    topic = replace(before.knowledge.topics[TOPIC], **change)
    knowledge = Knowledge({**before.knowledge.topics, TOPIC: topic})
    said = compose_topic(topic, knowledge, before.facts, before.texts, today).to_dict()
    said["text"] += "\n\nEn nog iets."
    reply = Reply([said], parsed("zeker", (topic.label, 1.0)), None)
    chosen, = explain(reply, replace(before, knowledge=knowledge), today).chosen

    assert said["kind"] == "fallback"
    assert chosen.kind == kind.format(topic.question)
    assert (chosen.topic, chosen.state) == (TOPIC, state)


def test_an_answer_that_was_not_understood_is_not_told_as_silent(settings: Settings) -> None:
    reply = Reply([{"kind": "fallback", "text": "Dat begrijp ik niet."}],
                  parsed("nee", ("aanbod", -0.5), intent="buiten_bereik"), None)
    found = explain(reply, content(Silence("weg")), date(2026, 11, 26))

    assert not found.silent
    assert found.chosen[0].kind == "niet begrepen"


@pytest.mark.parametrize(("days", "old"), [(365, False), (366, True)])
def test_an_answer_is_marked_when_it_was_last_read_over_a_year_ago(
    settings: Settings, days: int, old: bool
) -> None:
    topic = resources.knowledge().topics["wat_is_duaal"]
    message = {"v": 1, "kind": "knowledge", "text": "x", "topic": topic.id,
               "sources": [{"title": "y", "checked": topic.checked.isoformat()}]}
    reply = Reply([message], parsed("zeker", ("wat/wat_is_duaal", 1.0)), None)
    chosen = explain(reply, content(), topic.checked + timedelta(days=days)).chosen[0]

    assert (chosen.old, chosen.sources[0].old) == (old, old)
    assert (chosen.topic, chosen.owner) == (topic.id, topic.owner)
    assert chosen.readability
    assert chosen.readability.easy


def test_every_written_topic_can_be_explained(settings: Settings) -> None:
    for topic in resources.knowledge():
        reply = Reply([{"kind": "knowledge", "text": "x", "topic": topic.id}],
                      parsed("zeker", (topic.label, 1.0)), None)
        found = explain(reply, content(), date(2026, 11, 26))
        assert found.chosen[0].topic == topic.id
        assert found.nearest[0].name == topic.question


@pytest.mark.parametrize("sender", ["x", "00000000-0000-1000-8000-000000000000",
                                    str(uuid.uuid4()).upper(), "../../etc"])
def test_only_a_random_id_is_a_conversation(tester: Client, sender: str) -> None:
    assert tester.get(f"/vraag?gesprek={sender}").status_code == 400
    assert sender_of("") != sender_of("")


def test_a_conversation_is_for_who_holds_it_and_has_an_end() -> None:
    held = Held(None, lambda: 0.0)  # type: ignore[arg-type]
    said = Said("x", Reply([], {}, None))
    for _ in range(MOST_TURNS):
        held.add("a", "s", said)

    assert held.turns("b", "s") == ()
    with pytest.raises(Exception, match="nieuw gesprek"):
        held.add("a", "s", said)
    with pytest.raises(Exception, match="er niet meer"):
        held.until("b", "s", 0)
    assert replace(said, payload="p").given == ("druk", "p")


def ask(client: Client, text: str, **more: str) -> requests.Response:
    return client.follow(client.post("/vraag", {"tekst": text, **more}))


def conversation(page: requests.Response) -> str:
    found = re.search(r'name="gesprek" value="([^"]+)"', page.text)
    assert found
    return found[1]


def test_the_answer_stands_beside_why_it_came(tester: Client) -> None:
    page = unescape(ask(tester, "wat is duaal leren").text)

    for part in ("Wat duaal leren is", "Samen is dat één opleiding.", "is zeker", "gokt",
                 "Flesch-Douma", "Eigenaar", "nagekeken op", "/onderwerpen/wat_is_duaal",
                 "Waarom deze?", "Hoeveel dagen school, hoeveel werk?", "Model "):
        assert part in page, part
    examples = page.partition("<summary>Waarom deze?</summary>")[2].partition("</details>")[0]
    assert examples.count("<h3>") == 3
    assert "<li>" in examples


def test_a_conversation_goes_on_by_typing_and_by_buttons_on_any_channel(tester: Client) -> None:
    page = ask(tester, "waar kan ik kapper worden in Gent", kanaal="whatsapp", wie="ouder")
    sender = conversation(page)
    assert "Het gesprek (WhatsApp)" in page.text
    assert "Ouder: waar kan ik kapper worden in Gent" in page.text
    assert "Bekijk de keuzes" in page.text  # the button of WhatsApp's list

    page = ask(tester, "en in Brugge?", gesprek=sender, kanaal="whatsapp")
    assert "Opleiding of interesse: kapper" in page.text
    assert "Plaats: Brugge" in page.text

    press = {"knop": "taak:hulp", "gesprek": sender, "kanaal": "web"}
    page = tester.follow(tester.post("/vraag", press))
    assert "Ik wil hulp van een mens" in page.text
    assert "er was niets te raden" in page.text
    assert page.text.count('class="vrager"') == 3


def test_a_button_that_was_not_offered_is_refused(tester: Client) -> None:
    sender = conversation(ask(tester, "wat is duaal leren"))
    for payload in ("actie:wis", "onderwerp:groeipakket", "x" * 64):
        answer = tester.post("/vraag", {"knop": payload, "gesprek": sender})
        assert answer.status_code == 400
        assert "hoort niet bij dit gesprek" in answer.text


def test_nobody_reads_the_conversation_of_somebody_else(bench: Bench, tester: Client) -> None:
    sender = conversation(ask(tester, "wat is duaal leren"))
    other = bench.person().get(f"/vraag?gesprek={sender}").text

    assert "Dit gesprek is er niet meer" in other
    assert "wat is duaal leren" not in other


def test_a_cry_for_help_gets_help_lines_and_leaves_no_words(bench: Bench, tester: Client) -> None:
    said = "ik wil niet meer leven zegt zonnebloemvis"
    page = ask(tester, said)
    sender = conversation(page)

    assert "1813" in page.text
    assert "zonnebloemvis" not in page.text
    assert "/vraag/oordeel" not in page.text
    judged = tester.post("/vraag/oordeel", {"gesprek": sender, "beurt": "0", "oordeel": "goed"})
    assert judged.status_code == 400
    assert tester.get(f"/gesprekken/bewaar?gesprek={sender}").status_code == 400
    for file in bench.desk.settings.data_dir.rglob("*"):
        assert not file.is_file() or b"zonnebloemvis" not in file.read_bytes(), file


def test_personal_data_and_markup_are_taken_out_before_they_are_shown(tester: Client) -> None:
    page = ask(tester, "bel 0470 12 34 56 over <script>alert(1)</script> duaal").text

    assert "[telefoon]" in page
    assert "0470" not in page
    assert "<script" not in page


def test_a_question_that_cannot_be_asked_keeps_what_was_typed(tester: Client) -> None:
    answer = tester.post("/vraag", {"tekst": "abc " * 400})

    assert answer.status_code == 400
    assert "te lang" in answer.text
    assert "abc abc" in answer.text


def test_the_page_says_that_an_answer_is_silent_and_goes_to_its_turn(bench: Bench) -> None:
    file, now = bench.desk.settings.silence_file, datetime(2026, 11, 26)
    tester, topic = bench.person(), resources.knowledge().topics["week_indeling"]
    try:
        for subject in (topic.id, EVERYTHING):
            switch(file, subject, "de tekst klopt niet", now)
            time.sleep(1.5)  # the bot looks at the file again after a second
            sent = tester.post("/vraag", {"tekst": topic.question})
            assert sent.headers["Location"].endswith("#beurt-0")
            page = unescape(tester.follow(sent).text)
            panel = page.partition('id="waarom"')[2]
            assert "Dit antwoord staat stil: de tekst klopt niet" in panel
            assert "zeker genoeg" not in panel
            assert "niet begrepen" not in panel
            assert f"({topic.id})" in panel
            assert 'id="beurt-0"' in page
            shown = unescape(tester.get(f"/onderwerpen/{topic.id}").text)
            assert '<p class="fout">Dit antwoord staat stil: de tekst klopt niet' in shown
            assert "Dit antwoord geeft de bot nu" not in shown
    finally:
        for subject in (topic.id, EVERYTHING):
            switch(file, subject, None, now)
        time.sleep(1.5)


def test_a_judgement_leads_back_to_its_turn_and_asks_for_no_names(tester: Client) -> None:
    page = ask(tester, "wat is duaal leren")
    sender = conversation(page)
    ask(tester, "hoeveel dagen school", gesprek=sender)
    assert "Typ geen namen." in page.text
    judged = tester.post("/vraag/oordeel", {"gesprek": sender, "beurt": "0", "oordeel": "goed"})
    assert judged.headers["Location"].endswith("#beurt-0")


def test_while_the_model_loads_the_page_says_so(editable: Bench) -> None:
    page = editable.person().get("/vraag")

    assert page.status_code == 200
    assert "Het model laadt nog" in page.text
