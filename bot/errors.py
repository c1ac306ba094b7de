"""Every error the bot raises on purpose.

DuaalwijzerError
├── CatalogueError
│   ├── CatalogueSourceError   a row of a source file cannot be trusted
│   └── CatalogueMissing       no usable catalogue file
├── ContentError               an answer, fact or text file cannot be trusted
│   ├── KnowledgeError
│   ├── TextError
│   ├── SafetyError            the patterns of cries for help cannot be read
│   └── TestListError          a test list cannot be read
├── InputError                 a person's message cannot be taken
├── SettingError               a variable of the environment cannot be used
└── StartError                 the bot cannot start
"""

from __future__ import annotations


class DuaalwijzerError(Exception):
    """Base of all; its text is a Dutch sentence that a person can read."""


class CatalogueError(DuaalwijzerError):
    """Something is wrong with the catalogue."""


class CatalogueSourceError(CatalogueError):
    """A source row that cannot be trusted."""

    def __init__(self, file: str, row: int, field: str, reason: str, fix: str) -> None:
        self.file, self.row, self.field, self.reason, self.fix = file, row, field, reason, fix
        super().__init__(f"{file}, rij {row}, {field}: {reason}. {fix}")


class CatalogueMissing(CatalogueError):
    """No catalogue file, or one that cannot be used."""


class ContentError(DuaalwijzerError):
    """A content file that cannot be trusted: file, field, reason and fix."""

    def __init__(self, file: str, field: str, reason: str, fix: str) -> None:
        self.file, self.field, self.reason, self.fix = file, field, reason, fix
        where = f"{file}, {field}" if field else file
        super().__init__(f"{where}: {reason}. {fix[:1].upper()}{fix[1:]}.")


class KnowledgeError(ContentError):
    """An answer or fact file."""


class TextError(ContentError):
    """A file of data/teksten."""


class SafetyError(ContentError):
    """The patterns of cries for help cannot be read."""


class TestListError(ContentError):
    """A test list."""

    __test__ = False  # not a pytest class


class InputError(DuaalwijzerError):
    """A message that cannot be taken; `code` is short and stable, the text is for the person."""

    def __init__(self, code: str, message: str) -> None:
        self.code = code
        super().__init__(message)


class SettingError(DuaalwijzerError):
    """A `DUAALWIJZER_*` variable that cannot be used: its name, the reason and the fix."""

    def __init__(self, variable: str, reason: str, fix: str) -> None:
        self.variable, self.reason, self.fix = variable, reason, fix
        super().__init__(f"{variable}: {reason}. {fix[:1].upper()}{fix[1:]}.")


class StartError(DuaalwijzerError):
    """The bot cannot start; the text says why and what to do."""
