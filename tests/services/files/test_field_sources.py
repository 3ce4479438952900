"""Where values come from: said by people, known of imports, told in the history (R78)."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial

import pytest

from advisorcrm.db.database import Database
from advisorcrm.errors import InvalidFieldError, NotAllowedError, NotFoundError
from advisorcrm.models import ImportBatch, ImportRow
from advisorcrm.services.clients.client_store import update_clients
from advisorcrm.services.files.client_files import update_client
from advisorcrm.services.files.conflicts import Change
from advisorcrm.services.files.field_sources import list_sources, set_source
from advisorcrm.services.histories.histories import list_history
from advisorcrm.terms import ImportResult, ValueSource
from tests.factories import NOW, People, make_client


@pytest.fixture
def client(mine: Database, people: People) -> int:
    return mine.write(lambda s, a: make_client(s, people.advisor, hobbies="书法"))


@pytest.mark.req("R78")
def test_the_newest_word_about_a_field_counts_and_the_history_tells_it(
    mine: Database, client: int
) -> None:
    say = partial(set_source, client_id=client, field="hobbies", now=NOW)
    mine.write(partial(say, source=ValueSource.COUNTER))
    mine.write(partial(say, source=ValueSource.CONTACT, note="改号 13700002290"))
    found = mine.read(partial(list_sources, client_id=client))
    assert found["hobbies"].in_words == "来源：沟通 · 改号 137****2290 · 林若溪 · 2026-11-20"
    assert "occupation" not in found
    entries = mine.read(partial(list_history, client_id=client)).entries
    told = {entry.label: entry.source for entry in entries if entry.source}
    assert told == {"爱好": found["hobbies"].in_words}


@pytest.mark.req("R78")
def test_an_import_is_a_source_until_somebody_types_over_it(mine: Database, client: int) -> None:
    def imported(session, actor):  # type: ignore[no-untyped-def]
        update_clients(session, [(client, {"occupation": "教师"})], now=NOW)
        batch = ImportBatch(
            at=NOW, user_id=actor.user_id, kind="clients", file_name="名单.xlsx", rule="overwrite"
        )
        session.add(batch)
        session.flush()
        session.add(
            ImportRow(batch_id=batch.id, client_id=client, row=2, result=ImportResult.UPDATED,
                      fields=("occupation",), old="{}")
        )  # fmt: skip
        return batch.id

    batch = mine.write(imported)
    source = mine.read(partial(list_sources, client_id=client))["occupation"]
    assert (source.source, source.batch) == (ValueSource.IMPORT, batch)
    assert source.in_words.startswith(f"来源：导入第 {batch} 批")
    typed = {"occupation": Change("教师", "校长")}
    mine.write(partial(update_client, client_id=client, changes=typed, now=NOW))
    assert "occupation" not in mine.read(partial(list_sources, client_id=client))

    later = datetime.now(UTC)  # triggers go by the real clock
    counter = partial(set_source, field="occupation", source=ValueSource.COUNTER, now=later)
    mine.write(partial(counter, client_id=client))
    source = mine.read(partial(list_sources, client_id=client))["occupation"]
    assert source.source is ValueSource.COUNTER

    other = mine.write(lambda s, a: make_client(s, a, occupation="医生"))
    assert "occupation" not in mine.read(partial(list_sources, client_id=other))
    change = {"hobbies": Change("书法", "下棋")}
    mine.write(partial(update_client, client_id=client, changes=change, now=NOW))
    assert "hobbies" not in mine.read(partial(list_sources, client_id=client))


def test_only_fields_of_the_file_have_a_source_and_only_its_advisor_says_it(
    mine: Database, database: Database, people: People, client: int
) -> None:
    counter = partial(set_source, client_id=client, source=ValueSource.COUNTER, now=NOW)
    for field, source in (("client_no", ValueSource.COUNTER), ("hobbies", ValueSource.IMPORT)):
        with pytest.raises(InvalidFieldError):
            mine.write(partial(set_source, client_id=client, field=field, source=source, now=NOW))
    for person, refusal in (
        (people.colleague, NotFoundError), (people.leader, NotAllowedError),
        (people.desk, NotAllowedError), (people.office, NotAllowedError),
    ):  # fmt: skip
        with pytest.raises(refusal):
            database.acting_as(person).write(partial(counter, field="hobbies"))
