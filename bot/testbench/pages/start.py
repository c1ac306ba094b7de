"""The first page, and logging out."""

from __future__ import annotations

from starlette.responses import Response

from bot.testbench.desk import COOKIE, Visit, action, page


async def _home(visit: Visit) -> Response:
    return visit.page("start.html", ready=visit.desk.worker.ready)


async def _log_out(visit: Visit) -> Response:
    visit.desk.access.log_out(visit.request.cookies.get(COOKIE, ""))
    answer = visit.go("/inloggen")
    answer.delete_cookie(COOKIE, httponly=True, secure=True, samesite="lax")
    return answer


ROUTES = [page("/", _home), action("/uitloggen", _log_out)]
