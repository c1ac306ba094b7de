"""Telling that an answer is not right."""

from __future__ import annotations

import pytest

from tests.browser.conftest import STORE, Visit

pytestmark = pytest.mark.browser


def test_feedback_says_what_is_wrong_and_thanks(person: Visit) -> None:
    newest = person.open().say("hallo")
    newest.get_by_text("Klopt niet?").click()
    newest.get_by_label("Wat klopt er niet?").fill("het bedrag")
    newest.get_by_role("button", name="Dit is fout").click()
    newest.get_by_text("Bedankt.").wait_for()
    sender = person.page.evaluate(f"{STORE}.id")

    assert person.bot.bodies("/webhooks/web/feedback") == [
        {"sender": sender, "topic": "startbonus", "verdict": "fout", "text": "het bedrag"}]
    assert person.focused().startswith("Bedankt.")


def test_a_double_tap_gives_one_verdict_and_a_failed_one_can_be_given_again(person: Visit) -> None:
    person.bot.slow["/webhooks/web/feedback"] = 0.4
    newest = person.open().say("hallo")
    newest.get_by_text("Klopt niet?").click()
    wrong = newest.get_by_role("button", name="Dit is fout")
    person.context.set_offline(True)
    wrong.click()
    person.page.locator("duaal-chat .problem").wait_for()
    person.context.set_offline(False)
    wrong.dblclick()
    newest.get_by_text("Bedankt.").wait_for()
    person.page.wait_for_timeout(600)

    assert len(person.bot.bodies("/webhooks/web/feedback")) == 1


def test_feedback_can_be_about_one_card(desk: Visit) -> None:
    newest = desk.open().say("kaarten")
    newest.get_by_text("Klopt niet?").click()
    newest.get_by_label("Waarover gaat het?").select_option("School 4")
    newest.get_by_role("button", name="Dit is onduidelijk").click()
    newest.get_by_text("Bedankt.").wait_for()
    body = desk.bot.bodies("/webhooks/web/feedback")[0]

    assert (body["card"], body["verdict"]) == ("school-4-1", "onduidelijk")
