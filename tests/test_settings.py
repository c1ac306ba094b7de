"""What the environment may say about the publisher."""

from __future__ import annotations

import pytest

from bot.errors import SettingError
from bot.settings import from_environment


def test_the_publisher_and_the_own_clb_come_from_the_environment() -> None:
    made = from_environment({
        "DUAALWIJZER_UITGEVER": " VTI Voorbeeldstad ", "DUAALWIJZER_CONTACT": "ict@vti.example",
        "DUAALWIJZER_CLB_NAAM": "CLB Voorbeeld", "DUAALWIJZER_CLB_TELEFOON": "09 000 00 00",
        "DUAALWIJZER_CLB_URL": "https://clb.example/", "DUAALWIJZER_ADRES": "https://bot.example/",
    })

    assert (made.publisher, made.contact) == ("VTI Voorbeeldstad", "ict@vti.example")
    assert (made.clb_name, made.clb_phone, made.clb_url) == (
        "CLB Voorbeeld", "09 000 00 00", "https://clb.example/")
    assert made.public_url == "https://bot.example"


def test_without_any_variable_nobody_is_named() -> None:
    made = from_environment({})

    assert (made.publisher, made.contact, made.clb_name, made.public_url) == ("", "", "", "")
    assert made.privacy_url == "/privacy"


@pytest.mark.parametrize(("env", "link"), [
    ({"DUAALWIJZER_ADRES": "https://bot.example"}, "https://bot.example/privacy"),
    ({"DUAALWIJZER_PRIVACY_URL": "/onze-privacy"}, "/onze-privacy"),
    ({"DUAALWIJZER_ADRES": "https://bot.example",
      "DUAALWIJZER_PRIVACY_URL": "https://vti.example/p"}, "https://vti.example/p"),
])
def test_the_privacy_link_is_a_whole_address_once_the_public_address_is_known(
    env: dict[str, str], link: str
) -> None:
    assert from_environment(env).privacy_url == link


@pytest.mark.parametrize("name", ["ADRES", "PRIVACY_URL", "CLB_URL"])
@pytest.mark.parametrize("value", ["javascript:alert(1)", "vti.example", "//vti.example",
                                   "https://", "http://[", "ftp://vti.example"])
def test_what_is_no_web_address_is_refused_by_name(name: str, value: str) -> None:
    with pytest.raises(SettingError) as refused:
        from_environment({"DUAALWIJZER_CLB_NAAM": "CLB", f"DUAALWIJZER_{name}": value})

    assert refused.value.variable == f"DUAALWIJZER_{name}"
    assert "https://" in str(refused.value)


@pytest.mark.parametrize("name", ["CLB_TELEFOON", "CLB_URL"])
def test_a_clb_without_a_name_is_refused(name: str) -> None:
    with pytest.raises(SettingError, match="DUAALWIJZER_CLB_NAAM: ontbreekt"):
        from_environment({f"DUAALWIJZER_{name}": "https://clb.example"})
