import pytest

from bot.nlu.classifier import named_task


@pytest.mark.parametrize(("choices", "names", "task"), [
    (("wat/wat_is_duaal", "aanbod", "pad"), {"opleiding", "plaats"}, "aanbod"),
    (("pad", "wat/wat_is_duaal", "aanbod"), {"opleiding"}, "pad"),
    (("geld/leervergoeding_bedrag", "pad", "aanbod"), {"opleiding"}, None),
    (("aanbod", "pad", "hulp/clb"), {"plaats"}, None),
])
def test_names_decide_between_choices_only_when_they_point_to_one_task(
    choices: tuple[str, ...], names: set[str], task: str | None
) -> None:
    assert named_task(choices, names) == task
