"""Fault 37: without a Chinese font every sentence is boxes; the program says so at its start."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from advisorcrm import i18n
from advisorcrm.views.fonts import font_sentence, shows_chinese

pytestmark = pytest.mark.req("F37")

ROOT = Path(__file__).resolve().parents[2]
CONFIG = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>/usr/share/fonts/truetype/dejavu</dir><cachedir>{cache}</cachedir></fontconfig>
"""
READABLE = "No Chinese font found: install Noto Sans CJK or Microsoft YaHei"
START = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from advisorcrm.app import Program
from advisorcrm.views import theme

theme.prepare()
app = QApplication([])
program = Program(app, sys.argv[1])
program.start()

def look():
    login = program.entrance.login
    if login._failure.isVisible():
        print(login._failure.accessibleName())
        app.quit()

timer = QTimer()
timer.timeout.connect(look)
timer.start(20)
app.exec()
program.stop()
"""


@pytest.fixture
def without_fonts(tmp_path: Path) -> dict[str, str]:
    """The environment of a computer that has Latin letters only."""
    config = tmp_path / "fonts.conf"
    config.write_text(CONFIG.format(cache=tmp_path / "cache"))
    return {**os.environ, "FONTCONFIG_FILE": str(config)}


def run(environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )


def test_here_chinese_is_shown(qapp: object) -> None:
    assert shows_chinese()


def test_the_sentence_can_be_read_without_a_chinese_font() -> None:
    assert font_sentence().startswith(READABLE)
    i18n.use_language("en")
    assert font_sentence().isascii()


def test_the_login_window_and_the_log_say_that_the_font_is_missing(
    without_fonts: dict[str, str], place: Path
) -> None:
    done = run(without_fonts, "-c", START, str(place))
    assert READABLE in done.stdout
    log = Path(without_fonts["ADVISORCRM_HOME"]) / "log" / "advisorcrm.log"
    assert "no Chinese font" in log.read_text("utf-8")


def test_the_doctor_says_it_on_standard_error(without_fonts: dict[str, str]) -> None:
    done = run(without_fonts, "-m", "advisorcrm", "doctor", "--json")
    assert READABLE in done.stderr
    assert '"chinese_font": ""' in done.stdout
