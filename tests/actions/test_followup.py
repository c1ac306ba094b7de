import pytest

from actions.followup import follow_up


@pytest.mark.parametrize(("task", "kinds", "wishes", "expected"), [
    ("aanbod", {"plaats"}, set(), "aanbod"),
    ("overdracht", {"plaats"}, set(), "overdracht"),
    ("pad", {"plaats"}, set(), "aanbod"),
    ("aanbod", {"open"}, set(), "aanbod"),
    ("aanbod", {"jaar"}, set(), "aanbod"),
    ("aanbod", set(), {"dichtst"}, "aanbod"),
    ("aanbod", set(), {"contact"}, "school"),
    ("aanbod", set(), {"richtingen"}, "school"),
    ("aanbod", set(), {"erna"}, "pad"),
    ("opleiding", {"opleiding"}, {"vergelijk"}, "vergelijk"),
    ("aanbod", {"opleiding"}, set(), "aanbod"),
    ("pad", {"opleiding"}, set(), "pad"),
    (None, {"opleiding"}, set(), "aanbod"),
    ("aanbod", {"schoolnaam"}, set(), "school"),
    ("aanbod", set(), {"andere"}, "aanbod"),
    ("opleiding", set(), {"welk_jaar"}, "opleiding"),
])
def test_a_message_goes_on_with_the_task_it_leans_on(
    task: str | None, kinds: set[str], wishes: set[str], expected: str
) -> None:
    named = kinds | ({"wens"} if wishes else set())
    assert follow_up(task, named, wishes, programme=True, somewhere=True, school=True) == expected


@pytest.mark.parametrize(("kinds", "wishes"), [
    ({"jaar"}, set()), ({"vorm"}, set()), (set(), {"erna"}), (set(), {"dichtst"}),
    (set(), {"vergelijk"}), (set(), {"richtingen"}), (set(), {"contact"}),
])
def test_without_anything_before_it_a_cue_decides_nothing(
    kinds: set[str], wishes: set[str]
) -> None:
    assert follow_up(None, kinds, wishes, programme=False, somewhere=False, school=False) is None
