"""Our processes run without TensorFlow."""

from __future__ import annotations

import subprocess
import sys

from tests.conftest import ROOT

LIBRARIES = "[line for line in open('/proc/self/maps') if 'tensorflow' in line]"


def run(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)


def test_the_serving_process_holds_no_tensorflow_library() -> None:
    result = run("from bot import before_rasa; before_rasa.prepare(); import bot.server; "
                 "import rasa.nlu.classifiers.diet_classifier; "
                 f"print(len({LIBRARIES}))")
    assert result.stdout.strip() == "0", result.stderr


def test_a_process_that_loaded_tensorflow_keeps_the_real_one() -> None:
    result = run("import tensorflow; from bot import before_rasa; before_rasa.prepare(); "
                 "print(tensorflow.reduce_sum([1, 2]).numpy())")
    assert result.stdout.strip() == "3", result.stderr


def test_using_what_is_left_out_says_where_to_look() -> None:
    result = run("from bot import before_rasa; before_rasa.prepare(); import tensorflow; "
                 "tensorflow.Module()")
    assert "bot/before_rasa.py" in result.stderr
