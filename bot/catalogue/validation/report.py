"""What is told of broken rules: how often, examples, and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Iterable

from bot.catalogue.staging import Staging

EXAMPLES = 3


@dataclass(frozen=True)
class Finding:
    """One broken rule: how often, up to three examples, and what to do."""

    rule: str
    hard: bool
    count: int
    examples: tuple[str, ...]
    advice: str

    def __str__(self) -> str:
        head = f"{'FOUT' if self.hard else 'LET OP'}: {self.rule} ({self.count} keer)"
        return "\n".join((head, *(f"  - {e}" for e in self.examples), f"  Doe dit: {self.advice}"))


@dataclass(frozen=True)
class Report:
    """Hard findings first. `cleaned` has the rows with single odd coordinates replaced."""

    findings: tuple[Finding, ...]
    cleaned: Staging

    @property
    def refused(self) -> bool:
        """True when a hard rule is broken: this retrieval may not be published."""
        return any(finding.hard for finding in self.findings)

    def __str__(self) -> str:
        hard = sum(finding.hard for finding in self.findings)
        verdict = ("GEWEIGERD: de vorige catalogus blijft staan" if hard else "Aanvaard")
        return "\n".join((
            f"{verdict}. Scholen: {len(self.cleaned.schools)}, aanbodrijen: "
            f"{len(self.cleaned.offers)}, fouten: {hard}, "
            f"waarschuwingen: {len(self.findings) - hard}.", *map(str, self.findings)))


class Judge:
    """Collects a finding for every rule that has faults."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []

    def __call__(self, rule: str, faults: Iterable[str], advice: str, hard: bool = True) -> None:
        """Keep the faults of one rule as a finding, when there are any."""
        told = list(faults)
        if told:
            self.findings.append(Finding(rule, hard, len(told), tuple(told[:EXAMPLES]), advice))
