"""What must happen before the first `import rasa`: no TensorFlow, and no notices of old libraries.

Rasa 3.6.21 imports TensorFlow for classifiers that are not in our pipeline. In a serving process
that costs 340 MB of memory and 4 seconds at every start. So our own processes put an empty package
in its place. The ordinary `rasa` commands do not pass here and load the real one.
"""

from __future__ import annotations

import logging
import os
import sys
import types
import warnings
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from typing import Any

LEFT_OUT = frozenset({"keras", "tensorflow", "tensorflow_addons", "tensorflow_hub",
                      "tensorflow_text"})


def prepare() -> None:
    """Leave TensorFlow out and silence notices; errors stay. May be called more than once."""
    _leave_tensorflow_out()
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    os.environ.setdefault("TQDM_DISABLE", "1")
    import sanic  # noqa: F401  # turns deprecation warnings on when it is imported

    warnings.filterwarnings("ignore")
    from rasa.utils.log_utils import configure_structlog

    logging.basicConfig(level=logging.WARNING)
    configure_structlog(logging.WARNING)


def _leave_tensorflow_out() -> None:
    if "tensorflow" in sys.modules:
        return  # the real one, or ours already
    # spaCy works without TensorFlow, but would try to use one that it can import.
    sys.modules["tensorflow"] = None  # type: ignore[assignment]
    import spacy  # noqa: F401

    del sys.modules["tensorflow"]
    sys.meta_path.insert(0, _EmptyPackages())


class _Nothing(type):
    """Stands for whatever is asked of TensorFlow: Rasa only subclasses and annotates with it."""

    def __getattr__(cls, name: str) -> type:
        if name.startswith("__"):
            raise AttributeError(name)
        return _Placeholder

    def __call__(cls, *args: Any, **kwargs: Any) -> Any:
        if cls is _Placeholder:
            raise RuntimeError("TensorFlow is left out of this process; see bot/before_rasa.py")
        return super().__call__(*args, **kwargs)


class _Placeholder(metaclass=_Nothing):
    def __class_getitem__(cls, _: Any) -> type:
        return cls


class _EmptyPackage(types.ModuleType):
    __path__: list[str] = []

    def __getattr__(self, name: str) -> type:
        if name.startswith("__"):
            raise AttributeError(name)
        return _Placeholder


class _EmptyPackages(MetaPathFinder, Loader):
    def find_spec(self, name: str, path: Any = None, target: Any = None) -> ModuleSpec | None:
        if name.partition(".")[0] not in LEFT_OUT:
            return None
        return ModuleSpec(name, self, is_package=True)

    def create_module(self, spec: ModuleSpec) -> types.ModuleType:
        return _EmptyPackage(spec.name)

    def exec_module(self, module: types.ModuleType) -> None:
        """Nothing to run."""
