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


def test_a_domain_is_empty_or_not_as_in_rasa() -> None:
    from rasa.shared.core.domain import Domain

    rasa_patches.apply()
    filled = Domain.from_yaml("version: '3.1'\nintents: [groeten]")
    for _ in range(2):
        assert Domain.empty().is_empty()
        assert not filled.is_empty()


def test_the_rules_that_fit_a_conversation_are_those_that_rasa_finds() -> None:
    import itertools
    import json

    from rasa.core.policies.rule_policy import RulePolicy

    from bot.rasa_patches import rule_keys

    rasa_patches.apply()
    seen = [{}, *({"prev_action": {"action_name": action}, **user} for action in ("a", "listen")
                  for user in ({}, {"user": {"intent": "x"}}, {"user": {"intent": "y"}},
                               {"active_loop": {"name": "form"}}))]
    talks = [list(talk) for length in (1, 2, 3) for talk in itertools.product(seen, repeat=length)]
    lookup = {json.dumps(talk): "action" for talk in talks if len(talk) < 3}
    policy = RulePolicy.__new__(RulePolicy)

    for _ in range(2):  # also from memory
        for talk in talks:
            assert policy._get_possible_keys(lookup, talk) == rule_keys.ORIGINAL(
                policy, lookup, talk)


def test_event_names_resolve_as_in_rasa() -> None:
    from rasa.shared.core.events import Event, SlotSet, UserUttered

    rasa_patches.apply()
    assert Event.resolve_by_type("slot") is SlotSet
    assert Event.resolve_by_type("user") is UserUttered
    with pytest.raises(ValueError, match="Unknown event name"):
        Event.resolve_by_type("bestaat_niet")


def test_a_graph_gives_what_rasa_gives_with_inputs_and_for_one_target() -> None:
    from rasa.engine.graph import ExecutionContext, GraphComponent, GraphSchema, SchemaNode
    from rasa.engine.runner.dask import DaskGraphRunner

    from bot.rasa_patches import graph_run

    class Add(GraphComponent):
        @classmethod
        def create(cls, config, model_storage, resource, execution_context):  # type: ignore[no-untyped-def]
            return cls()

        def add(self, a: int, b: int) -> int:
            return a + b

    schema = GraphSchema({
        "last": SchemaNode({"a": "first", "b": "start"}, Add, "create", "add", {}, is_target=True),
        "first": SchemaNode({"a": "start", "b": "start"}, Add, "create", "add", {}),
        "unneeded": SchemaNode({"a": "missing", "b": "start"}, Add, "create", "add", {}),
    })
    runner = DaskGraphRunner.create(schema, None, ExecutionContext(schema))
    for inputs, targets in (({"start": 2}, None), ({"start": 3}, ["first"])):
        expected = graph_run.ORIGINAL(runner, inputs, targets)
        assert graph_run._run(runner, inputs, targets) == expected
