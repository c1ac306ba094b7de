from hypothesis import given
from hypothesis import strategies as st

from bot.answers.compose.catalogue_parts import (
    as_of,
    button,
    programme_card,
    programme_source,
    source,
    years_text,
)
from bot.answers.model import Answer
from tests.answers.values import INFO, contract, programme

TITLES = st.lists(st.text("abcé-/", min_size=1, max_size=30), min_size=1,
                  max_size=12).map(" ".join)


@given(TITLES, st.booleans())
def test_a_programme_button_fits_every_channel_whatever_the_title(title: str, dual: bool) -> None:
    made = button(programme("88", f"{title} duaal" if dual else title))

    contract(Answer("choice", "Welke?", buttons=(made,)))
    assert made.title


def test_a_programme_button_leaves_out_duaal_and_names_the_years() -> None:
    made = button(programme("93", "Koken duaal", years=(7,)))

    assert (made.title, made.label) == ("Koken", "Koken duaal (7de jaar)")
    assert made.payload == "opleiding:93"
    assert button(programme("22", "Banden duaal", years=())).label == "Banden duaal"


def test_years_are_told_in_words() -> None:
    assert [years_text(years) for years in ((), (7,), (5, 6))] == [
        "", "7de jaar", "5de en 6de jaar"]


def test_complete_is_only_claimed_when_every_address_is_known() -> None:
    assert as_of(INFO, 36, 36).complete is True
    assert as_of(INFO, 3, 36).complete is False
    assert as_of(INFO, 3, None).complete is False
    assert as_of(INFO).complete is False
    assert (as_of(INFO).school_year, as_of(INFO).date) == ("2026-2027", "2026-10-09")


def test_the_day_of_the_data_is_the_day_they_were_checked() -> None:
    assert source(INFO).checked == source(INFO).published == "2026-10-09"
    assert programme_source(programme()).checked == "2026-10-01"


def test_a_programme_card_leads_to_its_explanation() -> None:
    card = programme_card(programme("93", "Koken duaal", years=()), ("regel",))

    assert (card.title, card.lines, card.subtitle) == ("Koken duaal", ("regel",), None)
    assert (card.payload, card.programme) == ("opleiding:93", "93")
