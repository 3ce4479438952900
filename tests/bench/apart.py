"""Measuring in a process of its own: fresh memory, fresh caches."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

from tests.bench.branch import ROOT


def answer_of(module: str, *arguments: str) -> dict[str, Any]:
    """What the last line of a module's output says, as JSON."""
    environment = {"QT_QPA_PLATFORM": "offscreen", **os.environ}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        cwd=ROOT,
        env=environment,
    )
    answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return answer
