"""Build step: the folder ``resources/`` beside the package travels inside it.

Everything else about the build stands in pyproject.toml.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py


class BuildWithResources(build_py):
    """Copy ``resources/`` to ``advisorcrm/resources/``; an editable install reads it in place."""

    def run(self) -> None:
        """Build the package, then lay the resources into it."""
        super().run()
        if not self.editable_mode:
            inside = Path(self.build_lib, "advisorcrm", "resources")
            shutil.copytree("resources", inside, dirs_exist_ok=True)


setup(cmdclass={"build_py": BuildWithResources})
