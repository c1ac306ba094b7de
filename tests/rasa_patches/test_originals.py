import pytest

from bot import rasa_patches


@pytest.mark.parametrize("patch", [*rasa_patches.SERVING, *rasa_patches.TRAINING],
                         ids=lambda p: p.__name__)
def test_rasa_still_has_the_code_that_was_replaced(patch: object) -> None:
    assert rasa_patches.source_hash(patch.ORIGINAL) == patch.ORIGINAL_SHA256  # type: ignore[attr-defined]


def test_the_schema_check_still_refuses_what_rasa_refuses() -> None:
    from jsonschema import ValidationError
    from rasa.core.actions.action import RemoteAction

    rasa_patches.apply()
    action = RemoteAction("x", None)
    assert action._validate_action_result({"events": [], "responses": []})
    with pytest.raises(ValidationError):
        action._validate_action_result({"events": [{"event": 5}], "responses": []})


def test_event_names_resolve_as_in_rasa() -> None:
    from rasa.shared.core.events import Event, SlotSet, UserUttered

    rasa_patches.apply()
    assert Event.resolve_by_type("slot") is SlotSet
    assert Event.resolve_by_type("user") is UserUttered
    with pytest.raises(ValueError, match="Unknown event name"):
        Event.resolve_by_type("bestaat_niet")
