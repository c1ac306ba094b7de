"""What the pages of the test bench share: the services, a visit, and how a page is declared."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, Awaitable, Callable, Mapping
from urllib.parse import quote, urlencode, urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from bot import resources
from bot.answers.words import dutch_date
from bot.errors import DuaalwijzerError, InputError
from bot.resources import Resources
from bot.settings import Settings
from bot.testbench.access import Access, Person, Role
from bot.testbench.counting import counted
from bot.testbench.database import Database
from bot.testbench.worker import Worker

COOKIE = "proefbank"
MAX_FIELDS, MAX_FIELD = 500, 256 * 1024
# Address, name and the lowest role that may read it.
MENU = (
    ("/vraag", "Vraag en bekijk", Role.TESTER), ("/oordelen", "Oordelen", Role.TESTER),
    ("/lijsten", "Testlijsten", Role.TESTER), ("/gesprekken", "Gesprekken", Role.TESTER),
    ("/vergelijk", "Vergelijk", Role.TESTER), ("/onderwerpen", "Onderwerpen", Role.TESTER),
    ("/versheid", "Versheid", Role.TESTER), ("/inzicht", "Inzicht", Role.TESTER),
    ("/onbeantwoord", "Onbeantwoord", Role.EDITOR), ("/wijzigingen", "Wijzigingen", Role.EDITOR),
    ("/modellen", "Modellen", Role.EDITOR),
)
ENVIRONMENT = Environment(
    loader=PackageLoader("bot.testbench", "templates"), autoescape=True, undefined=StrictUndefined,
    trim_blocks=True, lstrip_blocks=True)
ENVIRONMENT.filters["datum"] = lambda day: dutch_date(str(day)[:10]) if day else ""
ENVIRONMENT.filters["aantal"] = counted


@dataclass
class Desk:
    """The services behind the pages; `clock` gives seconds since the epoch.

    Stores of the pages (judgements, runs …) are made once, on first use, with `store`.
    """

    settings: Settings
    resources: Resources
    database: Database
    access: Access
    worker: Worker
    clock: Callable[[], float]

    def __post_init__(self) -> None:
        """No stores yet."""
        self._stores: dict[type, Any] = {}

    @cached_property
    def folder(self) -> Path:
        """Where the bench keeps files of its own."""
        made = self.settings.data_dir / "proefbank"
        made.mkdir(parents=True, exist_ok=True)
        return made

    @property
    def today(self) -> date:
        """Today, by the clock."""
        return date.fromtimestamp(self.clock())

    def store(self, kind: Callable[..., Any]) -> Any:
        """The one store of this kind, made as `kind(database, clock)`."""
        if kind not in self._stores:
            self._stores[kind] = kind(self.database, self.clock)  # type: ignore[index]
        return self._stores[kind]  # type: ignore[index]

    def lend(self, made: object) -> None:
        """Let `store` give this for its kind: what a page module made in its `begin`."""
        self._stores[type(made)] = made


@dataclass
class Visit:
    """One request of a person who is logged in; `form` is filled for a POST, its token checked."""

    request: Request
    desk: Desk
    person: Person
    form: FormData | None = None

    def field(self, name: str, most: int = 2000) -> str:
        """A field of the form or of the address, trimmed; "" when absent.

        InputError when it is longer than `most` characters.
        """
        values: Mapping[str, Any] = self.form if self.form is not None else \
            self.request.query_params
        value = values.get(name)
        text = value.strip() if isinstance(value, str) else ""
        if len(text) > most:
            raise InputError("te_lang", f"Het veld {name} is te lang: hoogstens {most} tekens.")
        return text

    def page(self, template: str, status: int = 200, **values: Any) -> Response:
        """A page of templates/; besides the values it knows person, menu, csrf and path."""
        return html(self.request, template, status, person=self.person,
                    message=self.desk.access.take(self.request.cookies.get(COOKIE, "")), **values)

    def go(self, path: str, message: str = "", **query: str) -> Response:
        """To another page of ours, after a form; `message` is shown there once."""
        if message:
            self.desk.access.leave(self.request.cookies.get(COOKIE, ""), message)
        return RedirectResponse(f"{path}?{urlencode(query)}" if query else path, 303)


Handler = Callable[[Visit], Awaitable[Response]]


def html(request: Request, template: str, status: int = 200, **values: Any) -> Response:
    """A page; what is not given is empty, so that it can also be shown to who is not logged in."""
    person: Person | None = values.get("person")
    menu = [(address, name) for address, name, role in MENU if person and person.role >= role]
    shown = {"person": None, "message": "", "back": "", "menu": menu, "path": request.url.path,
             "Role": Role, **values}
    return HTMLResponse(ENVIRONMENT.get_template(template).render(shown), status)


def page(path: str, handler: Handler, role: Role = Role.TESTER) -> Route:
    """A page that people with at least this role may read."""
    return _route(path, handler, role, "GET")


def action(path: str, handler: Handler, role: Role = Role.TESTER) -> Route:
    """A form that people with at least this role may send; its token is checked."""
    return _route(path, handler, role, "POST")


def _route(path: str, handler: Handler, role: Role, method: str) -> Route:
    async def endpoint(request: Request) -> Response:
        desk: Desk = request.app.state.desk
        person = desk.access.person(request.cookies.get(COOKIE, ""))
        if person is None:
            onward = request.url.path if method == "GET" and request.url.path != "/" else ""
            return RedirectResponse(f"/inloggen?naar={quote(onward)}" if onward else "/inloggen",
                                    303)
        if person.role < role:
            raise HTTPException(403, f"Dit mag alleen een {role.dutch}.")
        visit = Visit(request, desk, person)
        if method == "POST":
            visit.form = await request.form(max_files=1, max_fields=MAX_FIELDS,
                                            max_part_size=MAX_FIELD)
            if not _same(visit.form.get("csrf"), person.csrf):
                raise HTTPException(403, "Dit formulier is te oud. Ga terug, laad de pagina "
                                         "opnieuw en probeer nog eens.")
        resources.use(desk.resources)
        if any(isinstance(value, int) and value >= 2**63 for value in request.path_params.values()):
            raise HTTPException(404)
        try:
            return await handler(visit)
        except InputError as error:
            return visit.page("fout.html", 400, reason=str(error), back=_before(request))
        except DuaalwijzerError as error:
            return visit.page("fout.html", 409, reason=str(error), back=_before(request))
        finally:
            if visit.form is not None:
                await visit.form.close()

    return Route(path, endpoint, methods=[method])


def _before(request: Request) -> str:
    """The address of the page that the form stood on, when that is one of ours."""
    before = urlsplit(request.headers.get("referer", ""))
    return before.path if before.netloc == request.url.netloc else ""


def _same(given: object, wanted: str) -> bool:
    return isinstance(given, str) and hmac.compare_digest(given.encode(), wanted.encode())
