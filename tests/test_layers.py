"""The import arrows of the house: the core knows neither Rasa nor the glue."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
CORE = ("bot/answers", "bot/catalogue", "bot/knowledge", "bot/bench", "bot/safety")
PURE_NLU = ("normaliser", "linear", "tiers", "lexicon", "completion", "cues", "cue_words", "tasks",
            "prediction", "progress", "leaning", "learned",
            "found", "place_words", "misspelt", "taken_back")
GLUE = ("bot.nlg", "bot.server", "bot.endpoints", "bot.health", "bot.site", "bot.channels",
        "bot.inbox", "bot.resources", "bot.reloading", "bot.names", "bot.preparation",
        "bot.conversations", "bot.rasa_patches", "bot.buttons", "bot.before_rasa", "actions")
# The test bench asks a callable; only its command makes one from the bot.
BENCH_COMMAND = "bot/bench/command.py"


def imports(file: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
            found.update(f"{node.module}.{alias.name}" for alias in node.names)
    return found


def files(*folders: str) -> list[Path]:
    return [f for folder in folders for f in sorted((ROOT / folder).rglob("*.py"))]


def starts(name: str, prefixes: tuple[str, ...]) -> bool:
    return any(name == p or name.startswith(f"{p}.") for p in prefixes)


def relative(file: Path) -> str:
    return str(file.relative_to(ROOT))


@pytest.mark.parametrize("file", files(*CORE), ids=relative)
def test_core_imports_no_rasa_and_no_glue(file: Path) -> None:
    if relative(file) == BENCH_COMMAND:
        return
    wrong = {n for n in imports(file) if starts(n, ("rasa", "rasa_sdk", "sanic", *GLUE))}

    assert wrong == set()


@pytest.mark.parametrize("name", PURE_NLU)
def test_understanding_without_rasa_imports_no_rasa(name: str) -> None:
    wrong = {n for n in imports(ROOT / f"bot/nlu/{name}.py") if starts(n, ("rasa", *GLUE))}

    assert wrong == set()


@pytest.mark.parametrize("file", files("bot/testbench"), ids=relative)
def test_only_the_engine_of_the_bench_knows_rasa(file: Path) -> None:
    if file.name == "engine.py":
        return
    rasa = ("rasa", "rasa_sdk", "sanic", "bot.nlg", "bot.server", "bot.endpoints",
            "bot.health", "bot.site", "bot.conversation", "actions")

    assert {n for n in imports(file) if starts(n, rasa)} == set()


def test_catalogue_and_knowledge_do_not_know_each_other() -> None:
    for file in files("bot/catalogue"):
        assert not [n for n in imports(file) if starts(n, ("bot.knowledge",))], relative(file)
    for file in files("bot/knowledge"):
        assert not [n for n in imports(file) if starts(n, ("bot.catalogue",))], relative(file)


@pytest.mark.parametrize("file", files("actions"), ids=relative)
def test_actions_import_rasa_sdk_but_never_rasa(file: Path) -> None:
    assert not [n for n in imports(file) if starts(n, ("rasa",))]


@pytest.mark.parametrize("file", [f for f in files("bot") if relative(f) not in
                                  ("bot/server.py", "bot/__main__.py")], ids=relative)
def test_only_the_server_and_the_command_line_know_the_actions(file: Path) -> None:
    assert not [n for n in imports(file) if starts(n, ("actions",))]
