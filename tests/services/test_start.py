from __future__ import annotations

import pytest

from advisorcrm.db.database import Database
from advisorcrm.services.settings import Settings, save_setting
from advisorcrm.services.start import load_start
from advisorcrm.terms import TIER
from tests.factories import People


@pytest.mark.parametrize(
    "role", ["advisor", "manager", "leader", "desk", "office", "administrator"]
)
def test_everybody_starts_with_branch_labels_and_settings(
    database: Database, people: People, role: str
) -> None:
    start = database.acting_as(getattr(people, role)).read(load_start)
    assert start.branch.name == "历山路证券营业部"
    assert start.book.label_zh(TIER, "gold") == "金卡"
    assert start.settings == Settings()


def test_a_person_starts_with_the_own_choices(database: Database, people: People) -> None:
    advisor = database.acting_as(people.advisor)
    advisor.write(lambda s, a: save_setting(s, a, "language", "en"))
    assert advisor.read(load_start).settings.language == "en"
    assert database.acting_as(people.manager).read(load_start).settings.language == "zh_CN"
