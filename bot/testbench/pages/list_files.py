"""Test lists as files: the rows of one, and the template to begin from."""

from __future__ import annotations

import asyncio

from starlette.responses import Response

from bot.bench.gate import csv_of
from bot.testbench.desk import Visit, page
from bot.testbench.downloads import CSV, XLSX, attached
from bot.testbench.lists import Lists
from bot.testbench.pages.lists import list_of
from bot.testbench.sheet_files import EXAMPLE, in_place, list_workbook, template

MARK = "\ufeff".encode()  # by which Excel knows UTF-8


async def _export(visit: Visit) -> Response:
    item = list_of(visit)
    cases = list(in_place(visit.desk.store(Lists).cases(item.id)))
    if visit.request.path_params["kind"] == "csv":
        return attached(MARK + csv_of(cases, ";").encode(), CSV, f"{item.slug}.csv")
    return attached(await asyncio.to_thread(list_workbook, cases), XLSX, f"{item.slug}.xlsx")


async def _template(visit: Visit) -> Response:
    if visit.request.path_params["kind"] == "csv":
        return attached(MARK + csv_of([EXAMPLE], ";").encode(), CSV, "sjabloon_testlijst.csv")
    made = await asyncio.to_thread(template, visit.desk.resources.knowledge.get())
    return attached(made, XLSX, "sjabloon_testlijst.xlsx")


ROUTES = [page("/lijsten/sjabloon.{kind}", _template),
          page("/lijsten/{list:int}/lijst.{kind}", _export)]
