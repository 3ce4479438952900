"""Windows of tests wear the house's clothes."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from advisorcrm.views import theme

OFFSCREEN = "This plugin does not support"
"""What Qt says of every window that has no screen; nothing of ours."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Windows without a screen are what these tests want."""
    for item in items:
        if "views" in item.path.parts:
            item.add_marker(pytest.mark.qt_log_ignore(OFFSCREEN, extend=True))


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> Iterator[None]:
    """Light theme at 100 %, and back to it afterwards."""
    theme.start(qapp, appearance="light")
    yield
    theme.use("light", 100)


@pytest.fixture(autouse=True)
def _collected_only_when_nothing_is_painted(qapp: QApplication) -> Iterator[None]:
    """A window that only a finished test knew may be garbage while Qt still paints it."""
    gc.disable()
    yield
    for widget in qapp.topLevelWidgets():
        widget.close()
    gc.collect()
    gc.enable()
