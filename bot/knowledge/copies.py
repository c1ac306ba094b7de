"""Example questions that copy one another: they teach nothing and flatter every measure."""

from __future__ import annotations

from collections import defaultdict
from typing import Iterator, Mapping, Sequence

from bot.knowledge.check import Finding
from bot.nlu.normaliser import normalise

SHORTEST = 3  # greetings and single words may come in several spellings
ONE_WORD_CHANGED = 5  # words from which one changed word still makes a copy

Question = tuple[str, str]


def copies(examples: Mapping[str, Sequence[str]]) -> list[Finding]:
    """Findings on examples by file: the same question, or one with a single word changed.

    The same question in two files is an error, for it teaches two answers; a copy within one file
    is a warning.
    """
    found: dict[tuple[Question, Question], Finding] = {}
    for group in _alike(examples):
        first, *others = group
        for other in others:
            if first[0] == other[0]:
                found.setdefault((first, other), Finding(
                    other[0], "examples", f'"{other[1]}" is bijna gelijk aan "{first[1]}"',
                    "schrap er een", error=False))
            elif normalise(first[1]) == normalise(other[1]):
                found.setdefault((first, other), Finding(
                    other[0], "examples", f'"{other[1]}" staat ook in {first[0]}',
                    "kies waar de vraag hoort"))
    return list(found.values())


def _alike(examples: Mapping[str, Sequence[str]]) -> Iterator[list[Question]]:
    """Groups of questions with the same words, or the same but for one word at one place."""
    groups: dict[tuple[str, ...], list[Question]] = defaultdict(list)
    for file, questions in examples.items():
        for question in questions:
            words = normalise(question).split()
            if len(words) >= SHORTEST:
                groups[tuple(words)].append((file, question))
            if len(words) >= ONE_WORD_CHANGED:
                for i in range(len(words)):
                    with_gap = (*words[:i], "_", *words[i + 1 :])
                    groups[with_gap].append((file, question))
    for group in groups.values():
        if len(group) > 1:
            yield group
