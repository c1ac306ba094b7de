"""The codes in the results of runs, in words that people read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.answers.texts import Texts
from bot.knowledge.model import Knowledge
from bot.testbench.dutch import KINDS
from bot.testbench.runs import Result

OTHERS = {
    "buiten_bereik": "buiten bereik", "nood": "hulplijnen bij nood",
    "taak:aanbod": "een school of opleiding zoeken", "taak:opleiding": "uitleg over een opleiding",
    "taak:pad": "de weg naar een beroep of diploma", "taak:hulp": "met een mens praten",
    "taak:wis": "een gesprek wissen", "taak:help": "wat deze bot kan",
}
ANSWERED = "antwoordde "  # how a verdict begins that names what was said instead


@dataclass(frozen=True)
class Words:
    """Names of topics by id, and of themes."""

    questions: Mapping[str, str]
    themes: Mapping[str, str]

    @classmethod
    def of(cls, knowledge: Knowledge, texts: Texts) -> Words:
        """The names of now."""
        return cls({topic.id: topic.question for topic in knowledge},
                   texts.entry("keuze", "themas"))

    def topic(self, name: str) -> str:
        """What a topic, a task or a kind of answer is called."""
        return (self.questions.get(name) or OTHERS.get(name) or KINDS.get(name)
                or name.replace("_", " "))

    def got(self, result: Result) -> str:
        """What the first message was about, or else what kind it was."""
        return self.topic(result.topic or result.kind)

    def theme(self, name: str) -> str:
        """What a theme is called."""
        return self.themes.get(name, name.replace("_", " "))

    def reason(self, text: str) -> str:
        """Why the verdict is so."""
        if not text.startswith(ANSWERED):
            return text
        said = text.removeprefix(ANSWERED).split(", ")
        return ANSWERED + ", ".join(f'"{self.topic(name)}"' for name in said)
