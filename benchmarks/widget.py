"""How fast the widget is on a slow phone: processor 4x slower, 150 ms, 1.6/0.75 Mbit/s.

Every run is a new browser profile, so nothing is cached. Without --url a bot with fixed answers and
a school on another origin are started (tests/browser/sites.py); with --url the pages of a running
bot are used. Times in milliseconds; the median and the worst of the runs are printed, and the exit
code is 1 when a median is over its bar.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.browser import sites  # noqa: E402
from tests.browser.conftest import PHONE  # noqa: E402

BARS = {"knop klaar na vraag om het script": 1000, "bericht vooraf na openen": 2000,
        "eerste antwoord na versturen": 2000}
# From the request of the script until the button is painted; later until an nth bot message is.
WATCH = """
window.shown = (find) => new Promise((done) => {
  const look = () => find(document.querySelector("duaal-chat")?.shadowRoot)
    ? requestAnimationFrame(() => done(performance.now())) : requestAnimationFrame(look);
  look();
});
window.ready = window.shown((root) => root?.querySelector(".launcher"));
"""
BOT = "window.shown((root) => root.querySelectorAll('.bot').length >= %d)"


def measure(browser: Any, url: str, question: str) -> list[float]:
    context = browser.new_context(locale="nl-BE", **PHONE)
    context.add_init_script(WATCH)
    page = context.new_page()
    line = context.new_cdp_session(page)
    line.send("Network.enable")
    line.send("Network.emulateNetworkConditions", {
        "offline": False, "latency": 150, "downloadThroughput": 1.6e6 / 8,
        "uploadThroughput": 0.75e6 / 8})
    line.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    page.goto(url)
    ready = page.evaluate("""async () => await window.ready - performance
      .getEntriesByType("resource").find((entry) => entry.name.includes("duaal-chat")).startTime""")
    press = "document.querySelector('duaal-chat').shadowRoot.querySelector('%s').click()"
    times = [ready]
    for count, before in ((1, press % ".launcher"), (2, press % "form .solid")):
        if count == 2:
            page.get_by_label("Jouw vraag").fill(question)
        times.append(page.evaluate(
            f"async () => {{ const began = performance.now(); {before};"
            f" return await {BOT % count} - began; }}"))
    context.close()
    return times


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--url", help="bv. http://127.0.0.1:5005/ van een draaiende bot")
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--question", default="krijg ik nog een startbonus")
    options = parser.parse_args()
    with ExitStack() as stack:
        url = options.url or stack.enter_context(sites.both())[1].url
        playwright = stack.enter_context(sync_playwright())
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"),
                                             args=["--no-sandbox"])
        runs = [measure(browser, url, options.question) for _ in range(options.runs)]
        browser.close()
    failed = 0
    for (name, bar), times in zip(BARS.items(), zip(*runs)):
        failed += statistics.median(times) > bar
        print(f"{name:36} mediaan {statistics.median(times):5.0f}  slechtste {max(times):5.0f}  "
              f"grens {bar}")
    return int(failed > 0)


if __name__ == "__main__":
    raise SystemExit(main())
