"""Time to understand one message (the whole NLU pipeline) and the size of the model.

Asks every question of a test list once, after a first round that warms up.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import statistics
import sys
import time
from pathlib import Path

from bot import before_rasa

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    """Print p50, p95 and p99 in ms and the model size in MB."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--list", type=Path, default=ROOT / "tests/bench/ronde.csv")
    options = parser.parse_args()
    before_rasa.prepare()
    from bot import preparation, resources
    from bot.bench.model import read_list
    from bot.conversation import Conversations
    from bot.settings import from_environment

    settings = from_environment()
    resources.use(resources.Resources(settings))
    model = preparation.choose_model(settings)
    if model.reason:
        raise SystemExit(f"Er is geen passend model ({model.reason}). Train eerst.")
    agent = Conversations(model.file, settings).agent
    questions = [case.question for case in read_list(options.list)]
    gc.collect()
    gc.freeze()  # as the server does
    loop = asyncio.new_event_loop()

    def milliseconds(question: str) -> float:
        began = time.perf_counter()
        loop.run_until_complete(agent.parse_message(question))
        return (time.perf_counter() - began) * 1000

    for question in questions[:100]:
        milliseconds(question)
    cuts = statistics.quantiles([milliseconds(q) for q in questions[100:]], n=100)
    print(f"begrijpen  p50 {cuts[49]:.2f} ms  p95 {cuts[94]:.2f} ms  p99 {cuts[98]:.2f} ms  "
          f"({len(questions) - 100} vragen)")
    print(f"model      {model.file.stat().st_size / 1e6:.1f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
