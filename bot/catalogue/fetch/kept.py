"""The pages of one run on disk: a later run asks only those that are not there."""

from __future__ import annotations

import hashlib
import json
import os
import re
from contextlib import suppress
from pathlib import Path
from typing import Mapping

from bot.catalogue.fetch.failure import FetchError
from bot.catalogue.fetch.page import Page, read_page


class KeptPages:
    """A folder of pages of one server, asked with one page size."""

    def __init__(self, folder: Path, host: str, page_size: int) -> None:
        self._folder, self._host, self._page_size = folder, host, page_size

    def get(self, product: str, path: str, filters: Mapping[str, str], number: int) -> Page | None:
        """The page, or None when it is not there or cannot be read."""
        file = self._file(product, path, filters, number)
        with suppress(OSError, ValueError, KeyError, TypeError, AttributeError):
            kept = json.loads(file.read_text(encoding="utf-8"))
            page = read_page(kept["text"], str(kept["retrieved_at"]))
            return page if isinstance(page, Page) else None
        return None

    def keep(self, product: str, path: str, filters: Mapping[str, str], number: int,
             page: Page) -> None:
        """Write the page, whole or not at all; FetchError when it cannot be written."""
        file = self._file(product, path, filters, number)
        temporary = file.with_name(f".{file.name}.{os.getpid()}")
        kept = json.dumps({"retrieved_at": page.retrieved_at, "text": page.text},
                          ensure_ascii=False)
        problem = ""
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            temporary.write_text(kept, encoding="utf-8")
            temporary.replace(file)
        except OSError as error:
            problem = error.strerror or str(error)
        finally:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)
        if problem:
            raise FetchError(product, f"een pagina kan niet bewaard worden ({problem})",
                             "Controleer de schrijfrechten en de vrije ruimte")

    def _file(self, product: str, path: str, filters: Mapping[str, str], number: int) -> Path:
        asked = json.dumps([self._host, path, sorted(filters.items()), self._page_size])
        return self._folder / (f"{re.sub(r'[^a-z0-9_]', '_', product.lower())}-"
                               f"{hashlib.sha256(asked.encode()).hexdigest()[:12]}-{number:04}.json")
