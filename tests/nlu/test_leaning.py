import pytest

from bot.nlu.leaning import Evidence, chances, features, may_lean, needs_more, read
from bot.nlu.tiers import Tier

SHOWN, UNDER, OTHER = "geld/startbonus", "geld/leerlingenpremie", "werkdag/werkuren"


def found(text: str, outside: float = -1.0, **scores: float) -> Evidence:
    names = {"shown": SHOWN, "under": UNDER, "other": OTHER}
    return Evidence(text, {names[name]: score for name, score in scores.items()}, outside, 1.0)


@pytest.mark.parametrize(("text", "tier", "leans"), [
    ("en als ik 16 ben?", Tier.SURE, True),
    ("wie betaalt da dan", Tier.SURE, True),
    ("hoeveel verdien je in duaal leren", Tier.SURE, False),
    ("hoeveel verdien je in duaal leren", Tier.DOUBT, True),
    ("recept voor spaghetti", Tier.NO, False),
    ("en moet hij dat ook", Tier.NO, True),
    ("en dan wil ik ook nog eens weten hoe ge best spaghetti maakt voor zes man", Tier.NO, False),
])
def test_only_a_short_message_that_points_back_or_is_in_doubt_is_weighed(
    text: str, tier: Tier, leans: bool
) -> None:
    assert may_lean(text, tier) is leans


@pytest.mark.parametrize(("text", "more"), [
    ("en hoe lang duurt dat nog", True), ("maar moet dat dan", True), ("", False),
    ("hoe lang duurt dat nog", False),
    ("en hoeveel verdient een leerling in het vijfde jaar duaal", False)])
def test_a_short_message_that_begins_as_a_follow_up_means_too_little_alone(
    text: str, more: bool
) -> None:
    assert needs_more(text) is more


def test_a_message_that_means_little_is_about_the_topic_shown() -> None:
    message = found("en als ik 16 ben", shown=-0.9, under=-0.9, other=-0.6)

    assert read(message, SHOWN, [UNDER]).label == SHOWN


def test_a_topic_under_the_answer_goes_before_one_that_looks_as_much_like_the_message() -> None:
    message = found("hoeveel is die premie", shown=-1.0, under=0.4, other=0.4)

    assert read(message, SHOWN, [UNDER]).label == UNDER


def test_a_question_with_a_subject_of_its_own_is_not_pulled_back() -> None:
    message = found("hoeveel uren werk je per dag", shown=-1.0, under=-1.0, other=1.5)

    assert read(message, SHOWN, [UNDER]).label == OTHER


def test_what_fits_nothing_is_no_answer_but_three_choices_at_most() -> None:
    message = found("en dat van die andere", outside=0.9, shown=-1.0, under=-0.8, other=-0.9)
    reading = read(message, SHOWN, [UNDER])

    assert reading.label is None
    assert set(reading.choices) <= {SHOWN, UNDER, OTHER}


def test_a_topic_beyond_the_best_labels_counts_as_the_last_of_them() -> None:
    labels, rows = features(found("en dan", other=0.5), SHOWN, [UNDER])

    assert labels == [SHOWN, UNDER, OTHER, "buiten_bereik"]
    assert list(rows[:3, 0]) == [0.5, 0.5, 0.5]


def test_the_chances_of_all_readings_are_together_one() -> None:
    _, rows = features(found("en dan", shown=0.1, other=0.5), SHOWN, [UNDER])

    assert chances(rows, rows[0]).sum() == pytest.approx(1.0)
