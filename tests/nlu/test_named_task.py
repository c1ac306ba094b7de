import pytest

from bot.nlu.classifier import named_task
from bot.nlu.tiers import Tier


@pytest.mark.parametrize(("choices", "names", "task"), [
    (("wat/wat_is_duaal", "aanbod", "pad"), {"opleiding", "plaats"}, "aanbod"),
    (("pad", "wat/wat_is_duaal", "aanbod"), {"opleiding"}, "pad"),
    (("geld/leervergoeding_bedrag", "pad", "aanbod"), {"opleiding"}, None),
    (("aanbod", "pad", "hulp/clb"), {"plaats"}, None),
])
def test_names_decide_between_choices_only_when_they_point_to_one_task(
    choices: tuple[str, ...], names: set[str], task: str | None
) -> None:
    assert named_task(choices, names, Tier.DOUBT) == task


def test_a_place_makes_a_search_of_a_question_what_there_is() -> None:
    choices = ("opleiding_info", "wat/nieuwe_richtingen", "aanbod")
    assert named_task(choices, {"plaats"}, Tier.SURE) == "aanbod"


def test_names_change_neither_a_sure_topic_nor_what_is_out_of_scope() -> None:
    names = {"opleiding", "plaats"}
    assert named_task(("geld/loon", "aanbod", "pad"), names, Tier.SURE) is None
    assert named_task(("opleiding_info", "aanbod", "pad"), names, Tier.NO) is None
