import pytest

from bot.catalogue.catalogue import Catalogue
from bot.catalogue.query import find_programmes


def numbers(catalogue: Catalogue, text: str, limit: int = 5) -> list[str]:
    return [p.number for p in find_programmes(catalogue, text, limit)]


def test_words_of_a_title_are_found_without_accents_and_case(catalogue: Catalogue) -> None:
    assert numbers(catalogue, "CREME keuken") == ["304"]


def test_words_of_an_alias_are_found(catalogue: Catalogue) -> None:
    assert numbers(catalogue, "cafe") == ["304"]
    assert set(numbers(catalogue, "elektriek")) == {"88", "133"}


def test_all_words_together_beat_one_of_them(catalogue: Catalogue) -> None:
    assert numbers(catalogue, "elektrische installaties") == ["88"]
    assert numbers(catalogue, "koelinstallaties zonder meer") == ["146"]


def test_introductory_and_full_time_programmes_are_not_in_it(catalogue: Catalogue) -> None:
    assert "588" not in numbers(catalogue, "elektrische installaties", 20)
    assert "188" not in numbers(catalogue, "elektrische installaties", 20)


def test_the_limit_holds(catalogue: Catalogue) -> None:
    assert len(numbers(catalogue, "duaal", 3)) == 3
    assert numbers(catalogue, "duaal", 0) == []


@pytest.mark.parametrize("text", ["", "a", '"', "' OR 1=1 --", "NEAR(", "titel:x*", "()", "😀"])
def test_no_text_is_an_error(catalogue: Catalogue, text: str) -> None:
    assert isinstance(find_programmes(catalogue, text), tuple)
