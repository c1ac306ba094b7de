from dataclasses import replace

from bot.catalogue.catalogue import Catalogue
from bot.catalogue.grouping import OfferRow, trajectories, without_covered_introductory
from bot.catalogue.model import Offered


def test_variants_and_years_become_one_trajectory(catalogue: Catalogue) -> None:
    rows = [OfferRow("s", "88", 6, False), OfferRow("s", "88", 5, True),
            OfferRow("s", "88", 5, None)]

    assert trajectories(rows, catalogue.programmes) == {
        "s": {"88": Offered("88", "Elektrische installaties duaal", (5, 6), True)}}


def test_schools_stay_apart(catalogue: Catalogue) -> None:
    rows = [OfferRow("s", "88", 5, True), OfferRow("t", "88", 5, False)]

    assert list(trajectories(rows, catalogue.programmes)) == ["s", "t"]


def test_closed_is_not_unknown(catalogue: Catalogue) -> None:
    rows = [OfferRow("s", "88", None, None), OfferRow("t", "88", None, False)]
    grouped = trajectories(rows, catalogue.programmes)

    assert grouped["s"]["88"].open is None
    assert grouped["t"]["88"].open is False


def test_an_introductory_year_next_to_its_programme_is_left_out(catalogue: Catalogue) -> None:
    whole = Offered("88", "Elektrische installaties duaal", (5,), True)
    first = replace(whole, number="588", title="Aanloop elektrische installaties duaal")

    assert without_covered_introductory([first, whole], catalogue.programmes) == (whole,)
    assert without_covered_introductory([first], catalogue.programmes) == (first,)
