from hypothesis import given
from hypothesis import strategies as st

from bot.answers.model import Answer, AsOf, Button, Card, Image, Source
from bot.answers.render.plain import plain

WORDS = st.text(min_size=1, max_size=20)
MAYBE = st.none() | WORDS
ANSWERS = st.builds(
    Answer, kind=st.just("offers"), text=WORDS, title=MAYBE,
    bullets=st.lists(WORDS, max_size=3).map(tuple),
    cards=st.lists(st.builds(Card, id=WORDS, title=WORDS, subtitle=MAYBE, url=MAYBE, phone=MAYBE,
                             lines=st.lists(WORDS, max_size=3).map(tuple)), max_size=3).map(tuple),
    buttons=st.lists(st.builds(Button, title=WORDS, payload=WORDS, label=MAYBE), max_size=3,
                     unique_by=lambda button: button.payload).map(tuple),
    sources=st.lists(st.builds(Source, title=WORDS, checked=st.dates().map(str), url=MAYBE,
                               published=MAYBE), max_size=3).map(tuple),
)


@given(ANSWERS)
def test_nothing_that_a_person_reads_is_lost(answer: Answer) -> None:
    shown = [answer.title, answer.text, *answer.bullets]
    for card in answer.cards:
        shown += [card.title, card.subtitle, *card.lines, card.phone, card.url]
    shown += [button.label or button.title for button in answer.buttons]
    for source in answer.sources:
        shown += [source.title, source.url, source.published]
    text = flat(plain(answer))

    assert [part for part in shown if part and flat(part) not in text] == []


def flat(text: str) -> str:
    return " ".join(text.split())


def test_the_parts_stand_in_the_order_of_reading() -> None:
    text = plain(Answer(
        "offers", "Ik vond 1 school.", title="Aanbod", bullets=("een", "twee"),
        widened=("binnen 15 km", "in heel Vlaanderen"),
        cards=(Card("school-1", "School A", "Markt 1", ("5de jaar",), url="https://a.example",
                    phone="09 1", payload="school:1"),
               Card("school-2", "School B", payload="school:2"), Card("clb", "CLB")),
        image=Image("/1.svg", "Een kaart"), map={"title": "Route", "url": "https://c.example"},
        buttons=(Button("Meer", "meer:5", "Toon meer scholen"), Button("Hulp", "taak:hulp")),
        as_of=AsOf("2026-2027", "2026-10-09"),
        sources=(Source("Een lijst", "2026-11-23", "https://b.example", "2026"),),
    ))

    assert text == """Aanbod

Ik vond 1 school.

- een
- twee

Ik zocht ook verder: binnen 15 km, in heel Vlaanderen.

1. School A
   Markt 1
   5de jaar
   09 1
   https://a.example

2. School B

- CLB

Afbeelding: Een kaart

Route https://c.example

3. Toon meer scholen
4. Hulp

Gegevens van schooljaar 2026-2027, stand van 9 oktober 2026

Bron: Een lijst, bron van 2026 (nagekeken 23 november 2026) https://b.example"""


def test_parts_that_are_not_there_leave_no_empty_lines() -> None:
    assert plain(Answer("notice", "Dag!")) == "Dag!"
    assert plain(Answer("notice", "Dag!", buttons=(Button("Hulp", "taak:hulp"),))) == (
        "Dag!\n\n1. Hulp")


def test_programmes_have_the_number_of_their_button_which_is_not_repeated() -> None:
    assert plain(Answer(
        "programme", "Welke?", cards=(Card("opleiding-88", "Hout", payload="opleiding:88"),),
        buttons=(Button("Hout", "opleiding:88"), Button("Meer", "meer:6")),
    )) == "Welke?\n\n1. Hout\n\n2. Meer"


def test_a_source_without_a_date_is_not_said_to_be_of_a_date() -> None:
    answer = Answer("knowledge", "Dag!", sources=(
        Source("Awel", "2026-11-23", published="zonder datum"),))

    assert "van zonder" not in plain(answer)
