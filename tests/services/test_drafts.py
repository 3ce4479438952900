from __future__ import annotations

from datetime import timedelta
from functools import partial

from advisorcrm.db.database import Database
from advisorcrm.services.drafts import DraftRow, discard_draft, list_drafts, save_draft
from tests.conftest import rows
from tests.factories import NOW, People

TYPED = {"content": "客户认为“过热” 100%", "topics": ["market"], "minutes": None, "is_advice": True}


def keep(database: Database, subject: str = "7", *, minute: int = 0, **content: object) -> None:
    at = NOW + timedelta(minutes=minute)
    database.write(
        partial(save_draft, form="log", subject=subject, title="欧阳文静", content=content, now=at)
    )


def test_a_draft_comes_back_as_it_was_typed(mine: Database) -> None:
    keep(mine, **TYPED)
    assert mine.read(list_drafts) == [DraftRow("log", "7", "欧阳文静", TYPED, NOW)]


def test_typing_on_replaces_the_draft_and_the_newest_comes_first(mine: Database) -> None:
    keep(mine, content="一")
    keep(mine, "8", minute=1, content="二")
    keep(mine, minute=2, content="三")
    found = [(draft.subject, draft.content["content"]) for draft in mine.read(list_drafts)]
    assert found == [("7", "三"), ("8", "二")]


def test_a_draft_is_its_writers_alone(database: Database, people: People, mine: Database) -> None:
    keep(mine, content="一")
    colleague = database.acting_as(people.colleague)
    assert colleague.read(list_drafts) == []
    keep(colleague, content="另一")
    colleague.write(partial(discard_draft, form="log", subject="7"))
    assert len(mine.read(list_drafts)) == 1


def test_a_draft_given_up_is_gone_and_no_history_keeps_it(mine: Database) -> None:
    keep(mine, content="一")
    mine.write(partial(discard_draft, form="log", subject="7"))
    mine.write(partial(discard_draft, form="log", subject="7"))
    assert mine.read(list_drafts) == []
    assert rows(mine, "SELECT id FROM change_history WHERE table_name = 'draft'") == []


def test_a_long_title_does_not_cost_what_was_typed(mine: Database) -> None:
    title = "长" * 300
    mine.write(
        partial(
            save_draft, form="log", subject="7", title=title, content={"a": "一" * 40_000}, now=NOW
        )
    )
    [draft] = mine.read(list_drafts)
    assert draft.title == title[:120]
    assert len(draft.content["a"]) == 40_000
