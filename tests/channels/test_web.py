"""The web channel over real HTTP against a running bot."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import uuid
from pathlib import Path
from typing import Any

import pytest
import requests

from tests.conftest import ROOT, Server, valid


def sender() -> str:
    return str(uuid.uuid4())


def test_the_notice_says_first_that_this_is_a_computer(server: Server) -> None:
    answer = requests.get(f"{server.url}/webhooks/web/notice", timeout=10).json()

    valid([answer])
    assert answer["kind"] == "notice"
    assert "computer" in answer["title"]


def test_a_question_is_answered_with_source_and_check_date(server: Server) -> None:
    answer = server.say(sender(), "krijg ik nog een startbonus")[0]

    assert answer["topic"] == "startbonus"
    assert all(source["checked"] and source["url"] for source in answer["sources"])


def test_health_counts_topics_and_offers(server: Server) -> None:
    health = requests.get(f"{server.url}/health", timeout=10).json()

    assert health["status"] == "ok"
    assert health["knowledge"]["topics"] >= 36
    assert health["catalogue"]["school_year"] == "2026-2027"


def test_the_page_and_the_widget_are_served_without_cookies(server: Server) -> None:
    page = requests.get(server.url, timeout=10)
    widget = requests.get(f"{server.url}/duaal-chat.js", timeout=10)

    assert "/duaal-chat.js" in page.text
    assert "javascript" in widget.headers["Content-Type"]
    assert widget.headers["Access-Control-Allow-Origin"] == "*"
    assert not page.cookies


@pytest.mark.parametrize(("body", "status"), [
    ({}, 400),
    ({"sender": "default", "text": "hallo"}, 400),
    ({"sender": "00000000-0000-0000-0000-000000000000", "text": "hallo"}, 400),
    ({"sender": 5, "text": "hallo"}, 400),
    ({"text": "hallo"}, 400),
    ([], 400),
    ("x", 400),
    ({"sender": "SENDER"}, 400),
    ({"sender": "SENDER", "text": None}, 400),
    ({"sender": "SENDER", "text": {"a": 1}}, 400),
    ({"sender": "SENDER", "text": "   "}, 400),
    ({"sender": "SENDER", "text": "\x00\x07"}, 400),
    ({"sender": "SENDER", "text": "x" * 1001}, 413),
    ({"sender": "SENDER", "text": "x" * 20000}, 413),
    ({"sender": "SENDER", "payload": "onderwerp:bestaat_niet"}, 400),
    ({"sender": "SENDER", "payload": "/restart"}, 400),
    ({"sender": "SENDER", "payload": 3}, 400),
    ({"sender": "SENDER", "location": {"lat": "x"}}, 400),
    ({"sender": "SENDER", "location": {"lat": 200, "lon": 4}}, 400),
])
def test_bad_requests_get_a_dutch_problem(server: Server, body: Any, status: int) -> None:
    if isinstance(body, dict) and body.get("sender") == "SENDER":
        body = {**body, "sender": sender()}
    answer = server.post("message", body)

    assert answer.status_code == status, answer.text
    assert answer.headers["Content-Type"].startswith("application/problem+json")
    assert answer.json()["status"] == status
    assert answer.json()["detail"]


def test_broken_json_and_other_content_types_are_refused(server: Server) -> None:
    url = f"{server.url}/webhooks/web/message"
    broken = requests.post(url, data="{oeps", headers={"Content-Type": "application/json"},
                           timeout=10)
    other = requests.post(url, data="sender=1", timeout=10)

    # A page of another site could send these without asking first.
    sneaky = requests.post(url, data="{}", headers={"Content-Type": "text/plain;json"}, timeout=10)

    assert (broken.status_code, other.status_code, sneaky.status_code) == (400, 415, 415)


@pytest.mark.parametrize("text", [
    "/restart", "/session_start", '/informeer{"plaats": "Gent"}', "/geld", "//",
])
def test_a_slash_is_text_and_never_a_command(server: Server, text: str) -> None:
    answer = server.post("message", {"sender": sender(), "text": text})

    assert answer.status_code in (200, 400)
    if answer.status_code == 200:
        assert valid(answer.json()["messages"])


@pytest.mark.parametrize("text", ["😀😀😀", "\u202eabc", "Z̷a̷l̷g̷o̷ duaal", "a" * 1000, "?", "é" * 500])
def test_odd_texts_are_answered(server: Server, text: str) -> None:
    assert server.say(sender(), text)


@pytest.mark.parametrize(("path", "body"), [
    ("message", '{"sender": "%s", "location": {"lat": 1' + "0" * 400 + ', "lon": 4}}'),
    ("message", "[" * 8000),
])
def test_what_python_cannot_reckon_with_is_refused_in_dutch(
    server: Server, path: str, body: str
) -> None:
    answer = requests.post(
        f"{server.url}/webhooks/web/{path}", data=body.replace("%s", sender()), timeout=10,
        headers={"Content-Type": "application/json"})

    assert answer.status_code == 400
    assert answer.json()["title"] == "Ongeldige vraag"


def test_a_remark_with_half_a_sign_is_kept(server: Server) -> None:
    body = json.dumps({"sender": sender(), "topic": "startbonus", "verdict": "fout",
                       "text": "a\ud800b"})
    answer = requests.post(f"{server.url}/webhooks/web/feedback", data=body, timeout=10,
                           headers={"Content-Type": "application/json"})

    assert answer.status_code == 204


def test_erasing_is_slowed_down_too(server: Server) -> None:
    who = sender()
    statuses = [server.post("erase", {"sender": who}).status_code for _ in range(21)]

    assert statuses == [204] * 20 + [429]


def test_a_sender_is_slowed_down_after_twenty_messages(server: Server) -> None:
    who = sender()
    codes = [server.post("message", {"sender": who, "text": "hallo"}) for _ in range(21)]

    assert [c.status_code for c in codes[:20]] == [200] * 20
    assert codes[20].status_code == 429
    assert int(codes[20].headers["Retry-After"]) > 0


def test_only_allowed_origins_get_cross_origin_headers(server: Server) -> None:
    url = f"{server.url}/webhooks/web/message"
    for origin, allowed in [("https://school.example", True),
                            ("https://school.example.evil.test", False), ("null", False)]:
        answer = requests.options(url, headers={"Origin": origin}, timeout=10)

        assert ("Access-Control-Allow-Origin" in answer.headers) is allowed
        assert "Access-Control-Allow-Credentials" not in answer.headers


@pytest.mark.parametrize("path", [
    "/model/parse", "/conversations/x/tracker", "/webhooks/rest/webhook", "/version", "/status",
    "/domain",
])
def test_rasas_own_http_interface_is_not_there(server: Server, path: str) -> None:
    assert requests.get(f"{server.url}{path}", timeout=10).status_code == 404


def test_feedback_is_kept_without_sender_or_personal_data(server: Server) -> None:
    who = sender()
    good = server.post("feedback", {"sender": who, "topic": "startbonus", "verdict": "fout",
                                    "text": "mail mij op jan@school.be of 0470 12 34 56"})
    bad = server.post("feedback", {"sender": who, "topic": "startbonus", "verdict": "misschien"})
    stored = (server.data_dir / "feedback.sqlite").read_bytes()

    assert (good.status_code, bad.status_code) == (204, 400)
    assert b"startbonus" in stored
    assert b"jan@school.be" not in stored
    assert b"0470 12 34 56" not in stored
    assert who.encode() not in stored


@pytest.mark.parametrize("how", ["call", "words"])
def test_after_erasing_no_byte_of_the_conversation_is_left(server: Server, how: str) -> None:
    who, secret = sender(), f"geheimwoord{uuid.uuid4().hex[:8]}"
    server.say(who, f"hoeveel verdien je {secret}")
    server.say(who, f"kapper in Aalst {secret}")
    if how == "call":
        assert server.post("erase", {"sender": who}).status_code == 204
    else:
        assert server.say(who, "wis mijn gesprek")[0]["kind"] == "privacy"

    for file in server.data_dir.glob("gesprekken.sqlite*"):
        content = file.read_bytes()
        assert secret.encode() not in content, file.name
        assert who.encode() not in content, file.name


def test_a_location_becomes_a_municipality_and_is_not_stored(server: Server) -> None:
    who = sender()
    server.say(who, "waar kan ik kapper duaal doen")
    answer = server.post("message", {"sender": who,
                                     "location": {"lat": 50.93847, "lon": 4.03921}}).json()

    assert answer["messages"][0]["understood"]["municipality"] == "Aalst"
    for file in server.data_dir.glob("gesprekken.sqlite*"):
        assert b"50.93847" not in file.read_bytes()


@pytest.mark.parametrize("arguments", [["--port", "PORT"], ["--data-dir", "/proc/nergens"]])
def test_start_refuses_with_one_dutch_sentence(server: Server, arguments: list[str]) -> None:
    port = server.url.rsplit(":", 1)[1]
    arguments = [port if a == "PORT" else a for a in arguments]
    result = subprocess.run(
        [sys.executable, "-m", "bot", "start", *arguments], cwd=ROOT, capture_output=True,
        text=True, timeout=60, env=os.environ, check=False)

    assert result.returncode == 1
    assert result.stderr.startswith("Fout: ")
    assert "Traceback" not in result.stderr


def test_a_broken_catalogue_file_stops_the_start_with_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "catalogus.sqlite").write_bytes(b"dit is geen databank" * 100)
    future = 4102444800
    os.utime(tmp_path / "catalogus.sqlite", (future, future))
    result = subprocess.run(
        [sys.executable, "-m", "bot", "start", "--data-dir", str(tmp_path), "--port", "0"],
        cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)

    assert result.returncode != 0
    assert "Traceback" not in result.stderr
