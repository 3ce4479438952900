"""Saved views: kept whole, shared by the manager, renamed, ordered, put away."""

from __future__ import annotations

import uuid
from typing import Any

import pytest

from advisorcrm.db.database import Database
from advisorcrm.errors import InvalidFieldError, NotAllowedError, NotFoundError
from advisorcrm.services.clients import saved_views
from advisorcrm.services.clients.clients import ClientFilter, ClientOrder
from advisorcrm.services.clients.saved_views import NewView, SavedViewRow
from advisorcrm.services.clients.view_content import ViewContent, read_content
from advisorcrm.terms import ClientKind, ClientMatter, ClientStage, RiskLevel
from tests.factories import NOW, People

EVERYTHING = ClientFilter(
    text="王", tiers=("gold", "platinum"), stages=(ClientStage.ACTIVE,), group_ids=(3,),
    risk_levels=(RiskLevel.C3,), trading_ways=("on_site",), tags=("focus",),
    kinds=(ClientKind.PERSON,), matters=(ClientMatter.NO_CHANNEL,), birthday_months=(11, 110),
    not_contacted_days=14, risk_expires_within=60, id_expires_within=90, not_updated_days=30,
    assets_from_fen=100, assets_below_fen=900, completeness_below=80,
)  # fmt: skip


def new(name: str = "老客户", query: ClientFilter | None = None, **values: Any) -> NewView:
    return NewView(str(uuid.uuid4()), name, query or ClientFilter(tiers=("gold",)), **values)


def saved(database: Database, actor: Any, view: NewView) -> int:
    return database.acting_as(actor).write(lambda s, a: saved_views.save_view(s, a, view))


def listed(database: Database, actor: Any) -> list[SavedViewRow]:
    return database.acting_as(actor).read(saved_views.list_saved_views)


def test_a_view_comes_back_with_filter_columns_and_order(
    database: Database, people: People
) -> None:
    order = ClientOrder("days_since", descending=False)
    view = new("重点", EVERYTHING, order=order, columns=("name", "mobile"))
    key = saved(database, people.advisor, view)
    assert saved(database, people.advisor, view) == key
    [row] = listed(database, people.advisor)
    assert row.name == "重点"
    assert row.content == ViewContent(EVERYTHING, order, ("name", "mobile"))
    assert listed(database, people.colleague) == []


def test_a_shared_view_of_own_clients_shows_each_person_the_own_ones(
    database: Database, people: People
) -> None:
    mine = ClientFilter(advisor_ids=(people.manager.user_id, people.colleague.user_id))
    saved(database, people.manager, new("共享", mine, is_shared=True))
    [seen] = listed(database, people.advisor)
    assert seen.content.query.advisor_ids == (people.advisor.user_id, people.colleague.user_id)
    assert (seen.is_shared, seen.owner_name, seen.may_change) == (True, "方静", False)


def test_only_the_manager_shares(database: Database, people: People) -> None:
    with pytest.raises(NotAllowedError):
        saved(database, people.advisor, new(is_shared=True))
    key = saved(database, people.advisor, new())
    with pytest.raises(NotAllowedError):
        database.acting_as(people.advisor).write(
            lambda s, a: saved_views.share_view(s, a, key, is_shared=True)
        )
    with pytest.raises(NotFoundError):
        database.acting_as(people.manager).write(
            lambda s, a: saved_views.share_view(s, a, key, is_shared=True)
        )


def test_views_are_renamed_ordered_replaced_and_put_away(
    database: Database, people: People
) -> None:
    first, second = (saved(database, people.advisor, new(name)) for name in ("一", "二"))
    mine = database.acting_as(people.advisor)
    mine.write(lambda s, a: saved_views.rename_view(s, a, first, "甲"))
    mine.write(lambda s, a: saved_views.order_views(s, a, [second, first]))
    content = ViewContent(ClientFilter(tags=("focus",)), ClientOrder("name", descending=False))
    mine.write(lambda s, a: saved_views.replace_view(s, a, second, content))
    assert [row.name for row in listed(database, people.advisor)] == ["二", "甲"]
    assert listed(database, people.advisor)[0].content == content
    mine.write(lambda s, a: saved_views.archive_view(s, a, second, now=NOW))
    assert [row.name for row in listed(database, people.advisor)] == ["甲"]
    mine.write(lambda s, a: saved_views.restore_view(s, a, second))
    assert [row.name for row in listed(database, people.advisor)] == ["二", "甲"]


@pytest.mark.parametrize("name", ["", "  ", "老客户", "名" * 21])
def test_a_name_is_given_once_and_short(database: Database, people: People, name: str) -> None:
    saved(database, people.advisor, new("老客户"))
    with pytest.raises(InvalidFieldError) as caught:
        saved(database, people.advisor, new(name))
    assert caught.value.field == "name"


def test_what_a_later_version_wrote_is_read_as_far_as_it_is_known() -> None:
    text = (
        '{"filter": {"tiers": ["gold"], "stages": ["active", "moon"], "unheard": 3},'
        ' "order": {"column": "name"}, "columns": ["name"], "more": 1}'
    )
    content = read_content(text, 7)
    assert content.query == ClientFilter(tiers=("gold",), stages=(ClientStage.ACTIVE,))
    assert content.order == ClientOrder("name", descending=True)
    assert content.columns == ("name",)
