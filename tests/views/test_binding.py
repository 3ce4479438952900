"""The binding to Qt: what it must not do with everything that is imported."""

from __future__ import annotations

import subprocess
import sys


def test_the_sources_of_what_a_window_needs_are_not_read() -> None:
    code = (
        "import linecache; from advisorcrm.views import theme; import advisorcrm.services.clients.clients; "
        "import sqlalchemy, advisorcrm.views.jobs; "
        "read = [name for name in linecache.cache if name.endswith(('clients.py', 'jobs.py'))]; "
        "read += [name for name in linecache.cache if name == sqlalchemy.__file__]; "
        "print(read)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
