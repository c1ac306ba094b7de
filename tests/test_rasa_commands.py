"""The ordinary Rasa commands work from the root."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
import uuid
from pathlib import Path

import pytest
import requests

from tests.conftest import ROOT, free_port, valid

RASA = str(Path(sys.executable).parent / "rasa")
ALLOWED = (
    # Themes stand in the domain and come again from the retrieval examples (Rasa says so either
    # way); the other intents are set by our own components and have no examples.
    r"The following duplicated intents have been found across multiple domain files: [a-z_0-9, ]+",
    r"The intent '(twijfel|thema|kies_opleiding|kies_school|meer|"
    r"nood|andere_taal|twee_vragen|vergelijk|regel_en_pad|leunt)' is listed in the "
    r"domain file, but is not found in the NLU training data\.",
    r"The utterance 'utter_[a-z_0-9/]+' is not used in any story or rule\.",
)


def environment(tmp_path: Path) -> dict[str, str]:
    return {**os.environ, "RASA_TELEMETRY_ENABLED": "false", "DUAALWIJZER_DATA_DIR": str(tmp_path),
            "SQLALCHEMY_SILENCE_UBER_WARNING": "1", "TF_CPP_MIN_LOG_LEVEL": "3"}


def test_data_validate_gives_only_the_warnings_we_know(tmp_path: Path) -> None:
    result = subprocess.run([RASA, "data", "validate"], cwd=ROOT, capture_output=True, text=True,
                            timeout=300, env=environment(tmp_path), check=False)
    warnings = re.findall(r" UserWarning: (.+)", result.stdout + result.stderr)
    unknown = [w for w in warnings if not any(re.match(p, w) for p in ALLOWED)]

    assert result.returncode == 0, result.stderr[-2000:]
    assert unknown == []


def wait(url: str) -> None:
    for _ in range(180):
        try:
            if requests.get(url, timeout=2).status_code == 200:
                return
        except requests.RequestException:
            pass
        time.sleep(0.5)
    pytest.fail(f"geen antwoord van {url}")


def test_rasa_run_with_its_action_server_answers_on_both_channels(
    model: Path, tmp_path: Path
) -> None:
    port, actions_port = free_port(), 5055
    ends = tmp_path / "endpoints.yml"
    ends.write_text((ROOT / "endpoints.yml").read_text().replace(
        "var/gesprekken.sqlite", str(tmp_path / "gesprekken.sqlite")))
    started = [
        subprocess.Popen([RASA, *command], cwd=ROOT, env=environment(tmp_path),
                         stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for command in (["run", "actions", "--port", str(actions_port)],
                        ["run", "--model", str(model), "--port", str(port), "--endpoints",
                         str(ends)])
    ]
    try:
        wait(f"http://127.0.0.1:{actions_port}/health")
        wait(f"http://127.0.0.1:{port}/webhooks/web/")
        sender = str(uuid.uuid4())
        web = requests.post(f"http://127.0.0.1:{port}/webhooks/web/message", timeout=30,
                            json={"sender": sender,
                                  "text": "waar kan ik kapper duaal doen in Aalter"})
        plain = requests.post(f"http://127.0.0.1:{port}/webhooks/rest/webhook", timeout=30,
                              json={"sender": sender, "message": "krijg ik nog een startbonus"})
    finally:
        for process in started:
            process.terminate()
        for process in started:
            process.wait(30)

    assert valid(web.json()["messages"])[0]["kind"] == "offers"
    text = "\n".join(m["text"] for m in plain.json())
    assert "startbonus bestaat niet meer" in text
    assert "Bron:" in text


def test_rasa_shell_talks(model: Path, tmp_path: Path) -> None:
    ends = tmp_path / "endpoints.yml"
    ends.write_text((ROOT / "endpoints.yml").read_text().replace(
        "var/gesprekken.sqlite", str(tmp_path / "gesprekken.sqlite")))
    result = subprocess.run(
        [RASA, "shell", "--model", str(model), "--port", str(free_port()), "--endpoints",
         str(ends)],
        cwd=ROOT, input="krijg ik nog een startbonus\n/stop\n", capture_output=True, text=True,
        timeout=180, env=environment(tmp_path), check=False)

    assert "startbonus bestaat niet meer" in result.stdout
