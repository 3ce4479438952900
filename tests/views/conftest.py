"""Windows of tests wear the house's clothes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from advisorcrm.views import theme


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> Iterator[None]:
    """Light theme at 100 %, and back to it afterwards."""
    theme.start(qapp, appearance="light")
    yield
    theme.use("light", 100)
