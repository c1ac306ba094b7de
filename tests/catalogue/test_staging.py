"""Fetched rows in a folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.catalogue.staging import Retrieval, Staging, read_staging, write_staging
from bot.errors import CatalogueSourceError


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    staging = Staging(
        schools=({"instelling": "1", "vestiging": "2", "naam": "Übung; \"x\""},),
        offers=({"instelling": "1", "vestiging": "2", "nummer": "88", "extra": "y"},),
        retrievals=(Retrieval("api", "https://example.org", "2026-11-26T10:00:00", 2, "ab"),),
        seen={"instelling": frozenset({"a", "b"})},
    )
    write_staging(tmp_path / "nieuw", staging)

    read = read_staging(tmp_path / "nieuw")

    assert read.schools[0]["naam"] == 'Übung; "x"'
    assert read.offers[0]["extra"] == "y"
    assert (read.retrievals, dict(read.seen)) == (staging.retrievals, dict(staging.seen))


def test_a_broken_record_says_to_fetch_again(tmp_path: Path) -> None:
    write_staging(tmp_path, Staging((), ()))
    (tmp_path / "ophaling.json").write_text("{", encoding="utf-8")
    with pytest.raises(CatalogueSourceError, match="opnieuw"):
        read_staging(tmp_path)
