"""Staged rows with one thing changed, and what a report says of them."""

from __future__ import annotations

from dataclasses import replace

from bot.catalogue.staging import Row, Staging
from bot.catalogue.validation.report import Finding, Report

TODAY = "2026-11-26"


def school(staging: Staging, index: int = 0, **values: str) -> Staging:
    """The same with other values in one school."""
    rows = list(staging.schools)
    rows[index] = {**rows[index], **values}
    return replace(staging, schools=tuple(rows))


def offer(staging: Staging, index: int = 0, **values: str) -> Staging:
    """The same with other values in one offer."""
    rows = list(staging.offers)
    rows[index] = {**rows[index], **values}
    return replace(staging, offers=tuple(rows))


def many(staging: Staging, count: int) -> Staging:
    """`count` schools in Aalst, each with one offer."""
    first: Row = staging.schools[0]
    return replace(
        staging,
        schools=tuple({**first, "instelling": str(n)} for n in range(1000, 1000 + count)),
        offers=tuple({**staging.offers[0], "instelling": str(n)}
                     for n in range(1000, 1000 + count)))


def finding(report: Report, rule: str) -> Finding:
    found = [f for f in report.findings if f.rule == rule]
    assert found, f"{rule} niet gevonden in:\n{report}"
    return found[0]


def rules(report: Report) -> list[str]:
    return [f.rule for f in report.findings]
