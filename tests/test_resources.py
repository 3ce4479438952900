"""The program finds its resources wherever it lies: checkout, wheel, bundle."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from advisorcrm import paths

ROOT = Path(__file__).resolve().parent.parent
LOOK = (
    "import sys; from advisorcrm import i18n, paths; "
    "i18n.use_language('en'); "
    "print(paths.resource('locale', 'en', 'LC_MESSAGES', 'advisorcrm.mo')); "
    "print(type(i18n._state['catalogue']).__name__)"
)


def look_from(place: Path) -> tuple[Path, str]:
    """Where a program lying at ``place`` finds the catalogue, and what it made of it."""
    found = subprocess.run(
        [sys.executable, "-c", LOOK],
        env={**os.environ, "PYTHONPATH": str(place)},
        cwd=place,
        capture_output=True,
        text=True,
        check=True,
    )
    file, catalogue = found.stdout.splitlines()
    return Path(file), catalogue


def pip(command: str, *arguments: str) -> None:
    """Run pip without the network."""
    run = [sys.executable, "-m", "pip", command, "--quiet", "--no-deps", "--no-index", *arguments]
    done = subprocess.run(run, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def copy_source(target: Path) -> None:
    """A clean copy to build from: the checkout's own build folders stay untouched."""
    ignore = shutil.ignore_patterns("__pycache__", "*.egg-info")
    for folder in ("advisorcrm", "resources"):
        shutil.copytree(ROOT / folder, target / folder, ignore=ignore)
    for name in ("pyproject.toml", "setup.py", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, target)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    source = tmp_path_factory.mktemp("source")
    target = tmp_path_factory.mktemp("wheel")
    copy_source(source)
    pip("wheel", "--no-build-isolation", "--wheel-dir", str(target), str(source))
    (built,) = target.glob("advisorcrm-*.whl")
    return built


def test_a_checkout_finds_its_resources() -> None:
    assert paths.resource("locale").parent == ROOT / "resources"
    assert look_from(ROOT) == (
        ROOT / "resources" / "locale" / "en" / "LC_MESSAGES" / "advisorcrm.mo",
        "GNUTranslations",
    )


def test_a_wheel_carries_every_file_of_the_program(wheel: Path) -> None:
    carried = set(zipfile.ZipFile(wheel).namelist())
    own = {
        file.relative_to(ROOT).as_posix()
        for file in (ROOT / "advisorcrm").rglob("*")
        if file.is_file() and file.suffix != ".pyc"
    }
    resources = {
        "advisorcrm/" + file.relative_to(ROOT).as_posix()
        for file in (ROOT / "resources").rglob("*")
        if file.is_file()
    }
    assert (own | resources) - carried == set()


def test_an_installed_wheel_finds_its_resources(wheel: Path, tmp_path: Path) -> None:
    pip("install", "--target", str(tmp_path), str(wheel))
    file, catalogue = look_from(tmp_path)
    assert file.is_relative_to(tmp_path / "advisorcrm" / "resources")
    assert catalogue == "GNUTranslations"


def test_a_bundle_finds_its_resources(tmp_path: Path) -> None:
    ignore = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "advisorcrm", tmp_path / "advisorcrm", ignore=ignore)
    shutil.copytree(ROOT / "resources", tmp_path / "advisorcrm" / "resources")
    file, catalogue = look_from(tmp_path)
    assert file.is_relative_to(tmp_path / "advisorcrm" / "resources")
    assert catalogue == "GNUTranslations"
