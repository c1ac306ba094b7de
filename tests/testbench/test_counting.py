"""A number is followed by the noun that fits it."""

from __future__ import annotations

import pytest

from bot.testbench.counting import counted
from bot.testbench.desk import ENVIRONMENT


@pytest.mark.parametrize(("number", "said"), [
    (0, "0 voorbeeldvragen"), (1, "1 voorbeeldvraag"), (2, "2 voorbeeldvragen")])
def test_only_one_is_singular_in_sentences_and_on_pages(number: int, said: str) -> None:
    assert counted(number, "voorbeeldvraag", "voorbeeldvragen") == said
    page = ENVIRONMENT.from_string('{{ n | aantal("voorbeeldvraag", "voorbeeldvragen") }}')
    assert page.render(n=number) == said
