"""Train one model with Rasa; run as `python -m bot.training FILE` in a process of its own.

Training needs far more memory than serving, so it never happens in the serving process. Progress
is written to standard output as lines `STAP <done> <all> <what>`, the held-out result at the end
as `PROEF <json>`.
"""

from __future__ import annotations

import json
import sys
import tarfile
from dataclasses import asdict
from pathlib import Path

from bot import before_rasa
from bot.nlu import progress
from bot.packed import unpack

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
    before_rasa.prepare()
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
    if result.code != 0 or not target.exists():
        return 1
    print(f"PROEF {json.dumps(_held_out(target))}", flush=True)
    return 0


def _held_out(target: Path) -> dict[str, float]:
    """The held-out result that the classifier keeps in the archive."""
    from bot.nlu.learned import FILE  # loads scikit-learn: the first line of progress comes before

    with tarfile.open(target) as archive:
        name = next(n for n in archive.getnames() if n.endswith(f"/{FILE}"))
        stored = archive.extractfile(name)
        assert stored is not None
        return asdict(unpack(stored.read()).held_out)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
