"""Train one model with Rasa; run as `python -m bot.training FILE` in a process of its own.

Training needs far more memory than serving, so it never happens in the serving process. Progress
is written to standard output as lines `STAP <done> <all> <what>`.
"""

from __future__ import annotations

import os
import sys
import warnings
from pathlib import Path

from bot.nlu import progress

STEPS = ("Rasa laden", "voorbeelden lezen", *progress.STEPS, "model bewaren")


def main(target: Path) -> int:
    """Train into `target` (a .tar.gz); exit code 0 when the model is there."""
    done = 0

    def step(what: str) -> None:
        nonlocal done
        done = min(done + 1, len(STEPS))
        print(f"STAP {done} {len(STEPS)} {what}", flush=True)

    progress.listen(step)
    step(STEPS[0])
    quiet()
    from rasa.model_training import train

    from bot import rasa_patches

    rasa_patches.apply_for_training()
    step(STEPS[1])
    root = Path(__file__).resolve().parent.parent
    result = train(
        domain=str(root / "domain.yml"),
        config=str(root / "config.yml"),
        training_files=[str(root / "data")],
        output=str(target.parent),
        force_training=True,
        fixed_model_name=target.name,
    )
    step(STEPS[-1])
    return 0 if result.code == 0 and target.exists() else 1


def quiet() -> None:
    """Silence the notices of Rasa's old dependencies; errors stay."""
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    os.environ.setdefault("TQDM_DISABLE", "1")
    warnings.filterwarnings("ignore")
    import logging

    from rasa.utils.log_utils import configure_structlog

    logging.basicConfig(level=logging.WARNING)
    configure_structlog(logging.WARNING)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
