"""Find the rules that fit a conversation without trying all of them at every step.

Rasa tries each of 190 rules on every state of the conversation, also beyond the longest rule, for
each action it predicts: a tenth of a turn. What fits the last state is remembered, and the rest is
tried only as far back as rules go. Only for serving: the rules of a loaded model never change.
"""

from __future__ import annotations

from typing import Any

from rasa.core.policies.rule_policy import RulePolicy

ORIGINAL = RulePolicy._get_possible_keys
ORIGINAL_SHA256 = "2915fd81711e194c6d667728e00bd0e51e9c1c2791a0be14c55f0ef9938f9936"
REMEMBERED = 2000  # states; about as many as there are intents, entities and actions before them


def _get_possible_keys(self: RulePolicy, lookup: dict[str, str], states: list[Any]) -> set[str]:
    known = self.__dict__.setdefault("_fitting_last", {})
    if len(known) > REMEMBERED:
        known.clear()
    if not states:
        return set(lookup)
    place = (id(lookup), repr(states[-1]))
    if place not in known:
        known[place] = frozenset(k for k in lookup if self._is_rule_applicable(k, 0, states[-1]))
    keys = set(known[place])
    longest = max((len(self._rule_key_to_state(key)) for key in keys), default=0)
    for back, state in enumerate(states[-2::-1], 1):
        if back >= longest:
            break
        keys = {key for key in keys if self._is_rule_applicable(key, back, state)}
    return keys


def apply() -> None:
    """Replace `RulePolicy._get_possible_keys`."""
    RulePolicy._get_possible_keys = _get_possible_keys
