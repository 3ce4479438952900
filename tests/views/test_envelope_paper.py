"""Envelopes on paper of their own size."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from advisorcrm.db.database import Database
from advisorcrm.exports.envelopes import C5, DL, envelope_sheets, register_envelopes
from advisorcrm.views.paper import write_pdf
from advisorcrm.views.print_preview import PrintPreview
from tests.factories import NOW, People, make_client


@pytest.mark.parametrize(("form", "millimetres"), [(DL, (220, 110)), (C5, (229, 162))])
def test_an_envelope_is_one_page_of_its_own_size(
    qtbot: QtBot, file_database: Database, file_people: People, tmp_path: Path, form: str,
    millimetres: tuple[int, int],
) -> None:  # fmt: skip
    long = {"name": "欧阳文静", "address": "济南市历下区" + "文化东路" * 24}
    key = file_database.write(lambda s, a: make_client(s, file_people.advisor, **long))
    mine = file_database.acting_as(file_people.advisor)
    imprint = mine.write(partial(register_envelopes, client_ids=[key], now=NOW))
    sheets = mine.read(partial(envelope_sheets, client_ids=[key], imprint=imprint, form=form))
    assert write_pdf(sheets, tmp_path / "envelope.pdf") == 1
    written = (tmp_path / "envelope.pdf").read_bytes()
    [box] = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", written)
    size = tuple(float(side) / 72 * 25.4 for side in box)
    assert size == pytest.approx(millimetres, abs=0.6)
    preview = PrintPreview(sheets)
    qtbot.addWidget(preview)
    assert preview.windowTitle() == f"打印预览：{sheets[0].name}"
    assert sheets[0].name
