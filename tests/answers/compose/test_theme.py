from bot.answers.compose.theme import compose_theme
from bot.answers.texts import Texts
from tests.answers.values import contract
from tests.conftest import ROOT
from tests.knowledge.values import knowledge, topic


def test_a_theme_lists_its_own_topics_in_order_as_questions(texts: Texts) -> None:
    known = knowledge(topic("b", question="B?"), topic("c", theme="geld"),
                      topic("a", question="A?"))
    said = contract(compose_theme("wat", known, texts))

    assert said["kind"] == "choice"
    assert texts.entry("keuze", "themas")["wat"] in said["text"]
    assert [(b["payload"], b["label"]) for b in said["buttons"]] == [
        ("onderwerp:b", "B?"), ("onderwerp:a", "A?")]


def test_a_topic_without_an_answer_is_not_listed(texts: Texts) -> None:
    known = knowledge(topic("a", written=False), topic("b"))

    assert [b.payload for b in compose_theme("wat", known, texts).buttons] == ["onderwerp:b"]


def test_every_theme_has_a_name(texts: Texts) -> None:
    folders = {f.name for f in (ROOT / "data" / "nlu" / "kennis").iterdir() if f.is_dir()}

    assert set(texts.entry("keuze", "themas")) == folders
