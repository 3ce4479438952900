"""An account that was closed at another computer, while its owner's window is open here."""

from __future__ import annotations

from functools import partial

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from advisorcrm.db.actor import Actor
from advisorcrm.db.database import Database
from advisorcrm.errors import AccountClosedError
from advisorcrm.services.branch.users import deactivate_user, list_users, reopen_user
from advisorcrm.services.contacts.contact_logs import log_contact
from advisorcrm.services.drafts import list_drafts
from advisorcrm.services.workplace.desk import back_up
from tests.conftest import NOW, rows
from tests.factories import People, make_client, new_log


@pytest.mark.req("R16")
def test_a_closed_account_reads_and_saves_nothing_any_more_until_it_is_open_again(
    database: Database, people: People
) -> None:
    mine = database.acting_as(people.advisor)
    administrator = database.acting_as(people.administrator)
    entry = new_log(mine.write(make_client))
    administrator.write(partial(deactivate_user, user_id=people.advisor.user_id))
    with pytest.raises(AccountClosedError, match="已停用"):
        mine.write(partial(log_contact, entry=entry, now=NOW))
    for is_long in (False, True):
        with pytest.raises(AccountClosedError, match="已停用"):
            mine.read(list_drafts, is_long=is_long)
    assert rows(database, "SELECT count(*) FROM contact_log") == [(0,)]
    administrator.write(partial(reopen_user, user_id=people.advisor.user_id))
    mine.write(partial(log_contact, entry=entry, now=NOW))
    assert rows(database, "SELECT count(*) FROM contact_log") == [(1,)]


@pytest.mark.req("R16")
def test_who_was_given_another_role_does_nothing_more_in_the_old_one(
    database: Database, people: People
) -> None:
    administrator = database.acting_as(people.administrator)
    assert len(administrator.read(list_users)) == 7

    def give_role(session: Session, _actor: Actor) -> None:
        session.execute(
            text("UPDATE \"user\" SET role = 'advisor' WHERE id = :id"),
            {"id": people.administrator.user_id},
        )

    database.write(give_role)
    with pytest.raises(AccountClosedError, match="角色已改变"):
        administrator.read(list_users)
    with pytest.raises(AccountClosedError, match="角色已改变"):
        administrator.write(partial(deactivate_user, user_id=people.advisor.user_id))
    with pytest.raises(AccountClosedError, match="角色已改变"):
        back_up(administrator, now=NOW)
    assert rows(database, 'SELECT count(*) FROM "user" WHERE NOT is_active') == [(0,)]
