"""Nobody comes in without a token, and nobody does more than their role. Every route is tried."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
import requests
from starlette.routing import Route

from bot.testbench.access import Role
from bot.testbench.desk import COOKIE
from tests.testbench.conftest import Bench, Client

OPEN = {"/inloggen", "/gezond"}


def routes(bench: Bench) -> Iterator[tuple[str, str]]:
    """Method and address of every page and form, parameters filled with something."""
    from bot.testbench.app import _pages

    for route in _pages():
        assert isinstance(route, Route)
        for method in route.methods or set():
            if method != "HEAD":
                path = route.path
                for part in route.param_convertors:
                    path = path.replace(f"{{{part}}}", "1").replace(f"{{{part}:int}}", "1")
                yield method, path


def test_without_login_every_page_and_form_leads_to_the_login(bench: Bench) -> None:
    visitor = bench.visitor()
    for method, path in routes(bench):
        answer = visitor.get(path) if method == "GET" else visitor.post(path)
        assert answer.status_code == 303, path
        assert answer.headers["Location"].split("?")[0] == "/inloggen", path


def test_every_form_refuses_a_forged_token(bench: Bench) -> None:
    admin, other = bench.person(Role.ADMIN), bench.person(Role.ADMIN)
    other.get("/")
    for method, path in routes(bench):
        if method == "POST":
            for forged in ("", "x", other._csrf):
                answer = requests.post(bench.url + path, data={"csrf": forged}, timeout=30,
                                       headers=admin.headers(), allow_redirects=False)
                assert answer.status_code == 403, path


def test_a_revoked_token_and_its_sessions_end_at_once(bench: Bench) -> None:
    token = bench.token(Role.ADMIN)
    cookie = requests.post(f"{bench.url}/inloggen", data={"code": token}, timeout=30,
                           allow_redirects=False).headers["Set-Cookie"].split("=")[1].split(";")[0]
    stolen = Client(bench.url, cookie)
    assert stolen.get("/").status_code == 200
    bench.desk.access.revoke(token.partition(".")[0])

    assert stolen.get("/").status_code == 303
    again = requests.post(f"{bench.url}/inloggen", data={"code": token}, timeout=30,
                          allow_redirects=False)
    assert again.status_code == 403


def test_a_session_ends_after_a_working_day(bench: Bench) -> None:
    client = bench.person()
    assert client.get("/").status_code == 200
    bench.move(9 * 3600)

    assert client.get("/").status_code == 303


def test_who_logs_out_is_out(bench: Bench) -> None:
    client = bench.person()
    client.post("/uitloggen")

    assert client.get("/").status_code == 303


def test_guessing_codes_is_slowed_down(bench: Bench) -> None:
    statuses = [requests.post(f"{bench.url}/inloggen", data={"code": f"aaaa.{i}"}, timeout=30
                              ).status_code for i in range(12)]
    bench.move(400)

    assert 429 in statuses
    assert set(statuses) <= {403, 429}


def test_the_cookie_is_kept_from_scripts_other_sites_and_plain_http(bench: Bench) -> None:
    answer = requests.post(f"{bench.url}/inloggen", data={"code": bench.token(Role.TESTER)},
                           timeout=30, allow_redirects=False)
    cookie = answer.headers["Set-Cookie"]

    assert cookie.startswith(f"{COOKIE}=")
    assert all(part in cookie for part in ("HttpOnly", "Secure", "SameSite=lax"))


def test_secrets_are_nowhere_on_disk(bench: Bench) -> None:
    token = bench.token(Role.TESTER)
    client = bench.person()
    secret = token.partition(".")[2].encode()
    for file in bench.desk.settings.data_dir.glob("proefbank.sqlite*"):
        assert secret not in file.read_bytes()
        assert client.cookie.encode() not in file.read_bytes()


@pytest.mark.parametrize("path", ["/static/../app.py", "/static/%2e%2e/app.py", "/onbestaand",
                                  "/static/..%2fdesk.py"])
def test_what_is_no_page_is_not_found(bench: Bench, path: str) -> None:
    session = requests.Session()
    asked = requests.Request("GET", bench.url + path).prepare()
    asked.url = bench.url + path  # as typed, not tidied

    assert session.send(asked, timeout=10).status_code == 404


def test_a_body_over_the_limit_is_refused(bench: Bench, tester: Client) -> None:
    answer = requests.post(
        f"{bench.url}/inloggen", data=b"code=" + b"x" * (9 * 1024 * 1024), timeout=30,
        headers={"Content-Type": "application/x-www-form-urlencoded"})

    assert answer.status_code in (400, 413)


def test_every_page_forbids_scripts_frames_and_foreign_content(tester: Client) -> None:
    for path in ("/", "/inloggen", "/static/proefbank.css", "/onbestaand"):
        headers = tester.get(path).headers
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("role", list(Role))
def test_the_menu_leads_nobody_to_a_closed_door(bench: Bench, role: Role) -> None:
    client = bench.person(role)
    menu = client.get("/").text.split("</nav>")[0]
    addresses = re.findall(r'<li><a href="([^"]+)"', menu)

    assert len(addresses) == (8 if role is Role.TESTER else 11)
    assert {client.get(address).status_code for address in addresses} == {200}


@pytest.mark.parametrize(("onward", "leads_to"), [
    ("/lijsten", "/lijsten"), ("", "/"), ("//elders.example", "/"), ("https://elders.example", "/"),
    ("/\\\\elders.example", "/"), ("/vraag?x=1", "/"),
])
def test_after_the_login_one_goes_on_to_a_page_of_ours_only(
    bench: Bench, onward: str, leads_to: str
) -> None:
    bench.move(400)
    answer = requests.post(f"{bench.url}/inloggen", timeout=30, allow_redirects=False,
                           data={"code": bench.token(Role.TESTER), "naar": onward})

    assert answer.headers["Location"] == leads_to


def test_a_message_is_shown_once_and_never_from_the_address(bench: Bench) -> None:
    client = bench.person()
    bench.desk.access.leave(client.cookie, "Bewaard.")

    assert "Bewaard." in client.get("/").text
    assert "Bewaard." not in client.get("/").text
    assert "Bel 0900" not in client.get("/?gedaan=Bel+0900").text
