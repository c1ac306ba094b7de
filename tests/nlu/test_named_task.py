import pytest

from bot.knowledge.load import load_knowledge
from bot.nlu.learned import SAFETY
from bot.nlu.tasks import ABOUT_BRUSSELS, ABOUT_GROUPS, Said, named_task
from bot.nlu.tiers import Tier
from bot.settings import from_environment


def said(*kinds: str, **values: str) -> Said:
    return Said.of([*({"entity": kind, "value": kind} for kind in kinds),
                    *({"entity": "wens", "value": wish} for wish in values.values())])


@pytest.mark.parametrize(("choices", "names", "task"), [
    (("wat/wat_is_duaal", "aanbod", "pad"), {"opleiding", "plaats"}, "aanbod"),
    (("pad", "wat/wat_is_duaal", "aanbod"), {"opleiding"}, "pad"),
    (("geld/leervergoeding_bedrag", "geld/belasting", "pad"), {"opleiding"}, None),
    (("geld/leervergoeding_bedrag", "pad", "aanbod"), {"opleiding"}, "opleiding_info"),
    (("aanbod", "pad", "hulp/clb"), {"plaats"}, None),
])
def test_names_decide_between_choices_only_when_they_point_to_one_task(
    choices: tuple[str, ...], names: set[str], task: str | None
) -> None:
    assert named_task(choices, said(*names), Tier.DOUBT) == task


def test_a_place_makes_a_search_of_a_question_what_there_is() -> None:
    choices = ("opleiding_info", "wat/nieuwe_richtingen", "aanbod")
    assert named_task(choices, said("plaats"), Tier.SURE) == "aanbod"


def test_names_change_neither_a_sure_topic_nor_what_is_out_of_scope() -> None:
    names = said("opleiding", "plaats")
    assert named_task(("geld/loon", "aanbod", "pad"), names, Tier.SURE) is None
    assert named_task(("opleiding_info", "aanbod", "pad"), names, Tier.NO) is None


def test_where_makes_a_search_of_a_question_about_a_programme() -> None:
    choices = ("pad", "opleiding_info", "aanbod")
    assert named_task(choices, said("opleiding", wish="scholen"), Tier.SURE) == "aanbod"


@pytest.mark.parametrize(("entities", "task"), [
    ([("opleiding", "a"), ("opleiding", "b"), ("wens", "vergelijk")], "vergelijk"),
    ([("opleiding", "a"), ("wens", "voltijds"), ("wens", "vergelijk")], "vergelijk"),
    ([("opleiding", "a"), ("wens", "vergelijk")], None),
    ([("doel", "verpleegster"), ("wens", "hoe_word")], "pad"),
    ([("opleiding", "a"), ("wens", "graduaat")], "pad"),
    ([("opleiding", "a"), ("buitenland", "Luik")], "aanbod"),
    ([("domein", "STEM"), ("wens", "richtingen")], "opleiding_info"),
    ([("vorm", "OV3"), ("wens", "richtingen"), ("plaats", "Gent")], "aanbod"),
    ([("vorm", "OV3")], None),
    ([("opleiding", "a"), ("plaats", "Gent")], "aanbod"),
])
def test_a_task_that_is_said_in_so_many_words_needs_no_classifier(
    entities: list[tuple[str, str]], task: str | None
) -> None:
    found = Said.of([{"entity": kind, "value": value} for kind, value in entities])
    assert found.task(None) == task


def test_a_sure_topic_gives_way_only_when_it_tells_no_more_than_the_rule() -> None:
    groups = Said.of([{"entity": "vorm", "value": "OV3"}, {"entity": "plaats", "value": "Gent"}])

    assert groups.task("wat/buso_ov3") == "aanbod"
    assert groups.task("geld/groeipakket") is None
    after = Said.of([{"entity": "opleiding", "value": "a"}, {"entity": "wens", "value": "erna"}])
    assert after.task(None) == "pad"
    assert after.task("hbo5/verder_studeren") is None


def test_every_topic_that_gives_way_to_a_task_exists() -> None:
    labels = {topic.label for topic in load_knowledge(from_environment().knowledge_dir)}

    assert ABOUT_GROUPS | SAFETY | {ABOUT_BRUSSELS} <= labels
