from pathlib import Path
from typing import Any

import pytest

from bot.bench.talks import Talk, Turn, read_talks, run_talks, summary
from bot.errors import TestListError
from tests.conftest import Message

LISTS = sorted(Path(__file__).parent.glob("gesprekken*.yml"))
# Below what the model of today reaches on conversations it was improved with: a step back shows.
SMOKE_BAR = 0.88


def answer(kind: str, text: str, **more: object) -> Message:
    return {"v": 1, "kind": kind, "text": text, **more}


@pytest.mark.parametrize(("turn", "messages", "faults"), [
    (Turn("x", ("offers",), (), ("Gent",)), [answer("offers", "In gent.")], 0),
    (Turn("x", ("offers", "question")), [answer("question", "Waar?")], 0),
    (Turn("x", ("offers",)), [answer("choice", "?")], 1),
    (Turn("x", (), ("place",)), [answer("question", "Waar?", ask="programme")], 1),
    (Turn("x", (), (), ("Aalst", "Gent"), ("Brugge",)), [answer("offers", "Gent, Brugge")], 2),
    (Turn("x", (), (), ('kies "hout"',)), [answer("offers", 'Kies "hout".')], 0),
    (Turn("x", ("offers",)), [], 1),
    (Turn("x", topics=("mentor", "clb")), [answer("knowledge", "?", topic="clb")], 0),
    (Turn("x", topics=("mentor",)), [answer("knowledge", "?", topic="clb")], 1),
    (Turn("x", topics=("mentor",)), [answer("choice", "?")], 1),
])
def test_a_turn_is_judged_by_kind_topic_question_and_texts(
    turn: Turn, messages: list[Message], faults: int
) -> None:
    assert len(turn.faults(messages)) == faults


def test_every_conversation_has_a_sender_of_its_own() -> None:
    senders: list[str] = []

    def say(sender: str, text: str) -> list[Message]:
        senders.append(sender)
        return [answer("offers", text)]

    talks = [Talk("a", (Turn("een"), Turn("twee"))), Talk("b", (Turn("drie", ("choice",)),))]
    verdicts = run_talks(talks, say)

    assert senders[0] == senders[1] != senders[2]
    assert "2 van 3 beurten" in summary(verdicts)
    assert "1 van 2 gesprekken" in summary(verdicts)


@pytest.mark.parametrize(("text", "where"), [
    ("naam: a", ""), ("- naam: a", "gesprek 1"),
    ("- {naam: a, beurten: [{verwacht: {}}]}", "beurt 1"),
    ("- {naam: a, beurten: [{zeg: b, verwacht: {kleur: x}}]}", "kleur"),
    ("- [", ""),
])
def test_a_fault_in_a_file_names_conversation_and_turn(
    tmp_path: Path, text: str, where: str
) -> None:
    (tmp_path / "fout.yml").write_text(text, encoding="utf-8")

    with pytest.raises(TestListError, match=where):
        read_talks(tmp_path / "fout.yml")


@pytest.mark.parametrize("file", LISTS, ids=lambda file: file.stem)
def test_known_conversations_do_not_step_back(file: Path, conversations: Any) -> None:
    verdicts = run_talks(read_talks(file), conversations.say)
    right = sum(not v.faults for v in verdicts)

    assert right >= SMOKE_BAR * len(verdicts), "\n".join(
        f"{v.talk}: {v.turn.text}: {v.faults}" for v in verdicts if v.faults)
