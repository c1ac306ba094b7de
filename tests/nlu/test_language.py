import pytest

from bot.nlu.language import foreign_language


@pytest.mark.parametrize(("text", "language"), [
    ("comment inscrire mon fils à l'école", "fr"),
    ("how much money does my son get", "en"),
    ("oğlum ne kadar para kazanıyor", "tr"),
    ("كم يكسب ابني في الشهر", "ar"),
    ("скільки отримує мій син", "uk"),
    ("ile zarabia mój syn w miesiącu", "pl"),
    ("cuánto gana mi hijo al mes", "es"),
    ("cât câștigă băiatul meu pe lună", "ro"),
])
def test_the_languages_of_the_cards_are_recognised(text: str, language: str) -> None:
    found = foreign_language(text)

    assert found is not None
    assert found.language == language


@pytest.mark.parametrize("text", ["job?", "merci", "full time", "patron betaalt niet", "ok allez",
                                  "hoeveel verdien je als barista", "wa is da feitelijk",
                                  "kzit in 5 bso en wil duaal doen"])
def test_short_and_dutch_messages_stay_dutch(text: str) -> None:
    assert foreign_language(text) is None
