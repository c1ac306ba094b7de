"""Signatures, pseudonyms and keys: nothing tells who somebody is."""

from __future__ import annotations

import pytest

from bot.channels.messaging.secrecy import Pseudonyms, Sealed, same, signature
from bot.errors import SettingError


def test_pseudonyms_need_the_pepper_and_differ_by_channel() -> None:
    names, others = Pseudonyms("a" * 32), Pseudonyms("b" * 32)

    assert names.person("whatsapp", "32470123456") == names.person("whatsapp", "32470123456")
    assert len({names.person("whatsapp", "1"), others.person("whatsapp", "1"),
                names.person("telegram", "1"), names.message("whatsapp", "1")}) == 4
    assert "32470123456" not in names.person("whatsapp", "32470123456")


def test_a_signature_is_metas_and_a_missing_one_is_wrong() -> None:
    good = signature("geheim", b'{"a": 1}')

    # printf '{"a": 1}' | openssl dgst -sha256 -hmac geheim
    assert good == "sha256=29dfad461ff966bb39467b2edd6176c0d57a6c2f6ab78bdbde5e0a72813a7a4b"
    assert same(good, good)
    assert not any(same(good, bad) for bad in (None, "", "sha256=", good[:-1], good + "a", "é"))


def test_a_key_that_is_none_is_refused_with_the_way_to_make_one() -> None:
    with pytest.raises(SettingError, match=r"DUAALWIJZER_BERICHTSLEUTEL.*generate_key"):
        Sealed("kort")


def test_a_pepper_that_can_be_guessed_is_refused() -> None:
    with pytest.raises(SettingError, match="DUAALWIJZER_PEPER: heeft minder dan 32 tekens"):
        Pseudonyms("school")
