"""Saved views, tags, hand-overs, the counter's list, products and prospects."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from advisorcrm.db.actor import Actor
from advisorcrm.models import Client
from advisorcrm.services.allocations import advisor_periods, allocations, first_contacts, handovers
from advisorcrm.services.clients import client_tags, counter_notices, prospects, saved_views
from advisorcrm.services.clients.clients import ClientFilter
from advisorcrm.services.clients.view_content import ViewContent
from advisorcrm.services.suitability import product_sales, products
from advisorcrm.terms import ClientStage, SalesBy
from tests.conftest import TODAY
from tests.factories import NOW, People, make_client
from tests.services.roles import EDIT, EVERYBODY, MANAGE, SEE, Case, World

SEE_LISTS = EVERYBODY - {"administrator"}


def fill(session: Session, people: People, client: int) -> dict[str, Any]:
    product = products.add_product(
        session, people.manager, products.ProductData("000001", "稳健一号", "fund")
    )
    sale = product_sales.record_sale(session, people.advisor, new_sale(client, product), now=NOW)
    gone = product_sales.record_sale(session, people.advisor, new_sale(client, product), now=NOW)
    product_sales.archive_sale(session, people.advisor, gone, now=NOW)
    mine = saved_views.save_view(session, people.advisor, new_view("我的"))
    away = saved_views.save_view(session, people.advisor, new_view("收起"))
    saved_views.archive_view(session, people.advisor, away, now=NOW)
    shared = saved_views.save_view(session, people.manager, new_view("共享", is_shared=True))
    notice = counter_notices.note_for_counter(
        session, people.advisor, client, "身份证到期", now=NOW - timedelta(days=1)
    )
    prospect = make_client(session, people.advisor, stage=ClientStage.PROSPECT, account=None)
    lost = make_client(session, people.colleague)
    given = handovers.NewHandover(
        str(uuid.uuid4()),
        ((client, people.advisor.user_id), (lost, people.advisor.user_id)),
        "均衡",
    )
    handed = handovers.hand_over(session, people.manager, given, now=NOW - timedelta(days=9))
    tagging = client_tags.Tagging(("focus",))
    tagged = client_tags.tag_clients(session, people.advisor, [client], tagging, now=NOW)
    return {
        "product": product, "sale": sale, "gone": gone, "mine": mine, "away": away,
        "shared": shared, "notice": notice, "prospect": prospect, "handed": handed.id,
        "tagged": tagged,
    }  # fmt: skip


def new_view(name: str, **values: Any) -> saved_views.NewView:
    query = ClientFilter(tiers=("gold",))
    return saved_views.NewView(str(uuid.uuid4()), name, query, **values)


def new_sale(client: int, product: int) -> product_sales.NewSale:
    return product_sales.NewSale(str(uuid.uuid4()), client, product, TODAY, 10_000_00)


def made(world: World, name: str) -> Any:
    return world.more["lists"][name]


def done(*_answers: object) -> bool:
    return True


def hand(session: Session, actor: Actor, world: World) -> int:
    moves = ((world.client, world.colleague),)
    new = handovers.NewHandover(str(uuid.uuid4()), moves, "休假")
    return handovers.hand_over(session, actor, new, now=NOW).client_count


def note(session: Session, actor: Actor, world: World) -> bool:
    client = session.get(Client, world.client)
    assert client is not None
    handovers.note_handover(session, actor, client, world.colleague, now=NOW)
    return True


def tag(session: Session, actor: Actor, world: World) -> bool:
    tagging = client_tags.Tagging(("introducer",))
    return bool(client_tags.tag_clients(session, actor, [world.client], tagging, now=NOW).changes)


def share(session: Session, actor: Actor, world: World) -> bool:
    saved_views.share_view(session, actor, made(world, "shared"), is_shared=False)
    return True


def propose(session: Session, actor: Actor, world: World) -> Any:
    request = allocations.AllocationRequest(((world.colleague, 100),), (world.client,))
    return allocations.find_allocation(session, actor, request).clients


def remind(session: Session, actor: Actor, world: World) -> bool:
    counter_notices.note_reminder(session, actor, world.client, "phone", on=TODAY, now=NOW)
    return True


def change_product(session: Session, actor: Actor, world: World) -> bool:
    data = products.ProductData("000001", "稳健二号", "fund")
    products.change_product(session, actor, made(world, "product"), data)
    return True


CASES: dict[str, Case] = {
    "saved_views.list_saved_views": (lambda s, a, w: saved_views.list_saved_views(s, a), SEE_LISTS),
    "saved_views.save_view": (lambda s, a, w: saved_views.save_view(s, a, new_view("新")), SEE_LISTS),
    "saved_views.replace_view": (
        lambda s, a, w: done(saved_views.replace_view(s, a, made(w, "mine"), ViewContent())),
        {"advisor"}),
    "saved_views.rename_view": (
        lambda s, a, w: done(saved_views.rename_view(s, a, made(w, "shared"), "改名")), MANAGE),
    "saved_views.share_view": (share, MANAGE),
    "saved_views.order_views": (
        lambda s, a, w: done(saved_views.order_views(s, a, [made(w, "mine")])), SEE_LISTS),
    "saved_views.archive_view": (
        lambda s, a, w: done(saved_views.archive_view(s, a, made(w, "mine"), now=NOW)), {"advisor"}),
    "saved_views.restore_view": (
        lambda s, a, w: done(saved_views.restore_view(s, a, made(w, "away"))), {"advisor"}),
    "client_tags.tag_clients": (tag, EDIT),
    "client_tags.untag_clients": (
        lambda s, a, w: client_tags.untag_clients(s, a, made(w, "tagged"), now=NOW), EDIT),
    "handovers.hand_over": (hand, MANAGE),
    "handovers.note_handover": (note, MANAGE),
    "handovers.undo_handover": (
        lambda s, a, w: handovers.undo_handover(s, a, made(w, "handed"), now=NOW), MANAGE),
    "allocations.list_advisor_loads": (
        lambda s, a, w: allocations.list_advisor_loads(s, a), MANAGE),
    "allocations.find_allocation": (propose, MANAGE),
    "first_contacts.list_first_contacts_due": (
        lambda s, a, w: first_contacts.list_first_contacts_due(s, a, today=TODAY), SEE),
    "advisor_periods.list_client_advisors": (
        lambda s, a, w: advisor_periods.list_client_advisors(s, a, w.client), SEE),
    "advisor_periods.list_advisor_clients": (
        lambda s, a, w: advisor_periods.list_advisor_clients(s, a, w.advisor), SEE),
    "counter_notices.list_counter_notices": (
        lambda s, a, w: counter_notices.list_counter_notices(s, a), SEE),
    "counter_notices.note_for_counter": (
        lambda s, a, w: counter_notices.note_for_counter(s, a, w.client, "换证", now=NOW), EDIT),
    "counter_notices.note_reminder": (remind, EDIT),
    "counter_notices.mark_notified": (
        lambda s, a, w: done(counter_notices.mark_notified(s, a, made(w, "notice"), "phone", on=TODAY)),
        EDIT),
    "counter_notices.mark_renewed": (
        lambda s, a, w: done(counter_notices.mark_renewed(s, a, made(w, "notice"), on=TODAY)), EDIT),
    "products.list_products": (lambda s, a, w: products.list_products(s, a), EVERYBODY),
    "products.add_product": (
        lambda s, a, w: products.add_product(s, a, products.ProductData("2", "二", "fund")), MANAGE),
    "products.change_product": (change_product, MANAGE),
    "product_sales.record_sale": (
        lambda s, a, w: product_sales.record_sale(
            s, a, new_sale(w.client, made(w, "product")), now=NOW), EDIT),
    "product_sales.archive_sale": (
        lambda s, a, w: done(product_sales.archive_sale(s, a, made(w, "sale"), now=NOW)), EDIT),
    "product_sales.restore_sale": (
        lambda s, a, w: done(product_sales.restore_sale(s, a, made(w, "gone"))), EDIT),
    "product_sales.list_sales": (
        lambda s, a, w: product_sales.list_sales(s, a, product_sales.SaleFilter()), SEE),
    "product_sales.list_sale_totals": (
        lambda s, a, w: product_sales.list_sale_totals(
            s, a, product_sales.SaleFilter(), SalesBy.PRODUCT), SEE),
    "prospects.convert_prospect": (
        lambda s, a, w: prospects.convert_prospect(
            s, a, made(w, "prospect"), "600188880000", {}, now=NOW), EDIT),
}  # fmt: skip
