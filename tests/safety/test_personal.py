"""Personal data is taken out of a message before anything is stored."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.safety.personal import is_iban, is_national_number, mask


@pytest.mark.parametrize(("text", "secret", "kind"), [
    ("mijn mail is leerling.test@school.be", "leerling.test@school.be", "e-mail"),
    ("bel mij op 0470 12 34 56 aub", "0470 12 34 56", "telefoon"),
    ("ons nummer is 053/78.85.10", "053/78.85.10", "telefoon"),
    ("gsm +32 470 12 34 56", "470 12 34 56", "telefoon"),
    ("ik woon in de Kerkstraat 12 bus 3 in Gent", "Kerkstraat 12", "adres"),
    ("wij wonen op de brusselsesteenweg 245a", "brusselsesteenweg 245a", "adres"),
    ("mijn rekening is BE68 5390 0754 7034", "5390 0754", "rekening"),
    ("rijksregisternummer 93.05.18-223.61", "93.05.18-223.61", "rijksregisternummer"),
    ("mijn wachtwoord is zonnebloem7", "zonnebloem7", "login"),
    ("ik heet fatima en zoek een school", "fatima", "naam"),
    ("Mijn naam is Testpersoon Voorbeeld, hoe werkt duaal", "Voorbeeld", "naam"),
    ("mijn zoon heet mohamed, hij zit in 5de", "mohamed", "naam"),
])
def test_each_kind_of_personal_data_is_replaced(text: str, secret: str, kind: str) -> None:
    masked = mask(text)

    assert secret not in masked.text
    assert f"[{kind}]" in masked.text
    assert masked.kinds == (kind,)


@pytest.mark.parametrize("text", [
    "schooljaar 2026-2027 start op 01/09/2026", "kapper in 9300 Aalst", "bel 1813, 102 of 112",
    "ik ben onderweg 5 minuten", "leerlingen van 15 16 17 en 18 jaar", "ik heet niet zo",
    "tussen 600,50 en 714,40 euro", "5 dagen op de werkplek, 38 uur", "Ik ben leerling duaal",
    "met vriendelijke groeten", "nummer 88 of 402",
])
def test_ordinary_numbers_and_words_stay(text: str) -> None:
    assert mask(text).text == text


@given(st.integers(0, 999_999_999), st.booleans(), st.sampled_from(["", " ", ".", "-"]))
def test_no_valid_national_number_gets_through(number: int, since_2000: bool, gap: str) -> None:
    digits = f"{number:09d}"
    check = 97 - int(f"2{digits}" if since_2000 else digits) % 97
    whole = gap.join((digits[:2], digits[2:4], digits[4:6], digits[6:], f"{check:02d}"))

    assert is_national_number(whole)
    assert digits[6:] + f"{check:02d}" not in mask(f"mijn nummer {whole} dus").text.replace(gap, "")


@given(st.text("0123456789", min_size=12, max_size=12))
def test_no_valid_belgian_account_gets_through(account: str) -> None:
    check = 98 - int(account + "111400") % 97
    iban = f"BE{check:02d}{account}"

    assert is_iban(iban)
    assert account not in mask(f"stort op {iban} aub").text


@given(st.text(max_size=200))
def test_masking_twice_changes_nothing_more(text: str) -> None:
    once = mask(text).text

    assert mask(once).text == once


@given(st.from_regex(r"[a-z]{2,10}(\.[a-z]{2,10})?@[a-z]{2,10}\.(be|com|net)", fullmatch=True),
       st.sampled_from(["", "mail mij op ", "van ", "dit is het:"]))
def test_no_mail_address_gets_through(address: str, before: str) -> None:
    assert address not in mask(f"{before}{address} graag").text
