"""Household and relations of one client on one page: the graph as rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Annotated

from sqlalchemy import select
from sqlalchemy.orm import Session

from advisorcrm import terms
from advisorcrm.columns import CodeBook, Column
from advisorcrm.exports.forms import Filling, fill
from advisorcrm.exports.imprint import Imprint, Leaving, take_imprint
from advisorcrm.exports.sheet import Sheet
from advisorcrm.exports.workbook import write_forms
from advisorcrm.models import User
from advisorcrm.rules.kinship import inverse_kind, inverse_label
from advisorcrm.services.access import Actor, any_client
from advisorcrm.services.branch.code_lists import load_code_book
from advisorcrm.services.files.households import HouseholdRow, MemberRow
from advisorcrm.services.files.relations import Family, RelationRow, open_family
from advisorcrm.terms import AccessKind

FORM, SUBJECT = "family", "家庭与关系"


@dataclass(frozen=True, slots=True)
class PersonSheetRow:
    """One person around the client as the page shows it."""

    name: Annotated[str, Column("姓名")]
    kind: Annotated[str, Column("与客户的关系")]
    membership: Annotated[str, Column("家庭")]
    roles: Annotated[str, Column("角色")]
    phone: Annotated[str, Column("电话")]
    note: Annotated[str, Column("说明")]


def register_family(
    session: Session,
    actor: Actor,
    client_id: int,
    *,
    now: datetime,
    kind: AccessKind = AccessKind.PRINT,
) -> Imprint:
    """Demand the right and note in the access log what is about to leave; a write."""
    any_client(session, actor, client_id)
    return take_imprint(session, actor, Leaving(SUBJECT, kind, client_id), now=now)


def family_sheet(session: Session, actor: Actor, client_id: int, imprint: Imprint) -> Sheet:
    """The filled page: the members of the household first, then everybody else."""
    client = any_client(session, actor, client_id)
    book = load_code_book(session, actor)
    family = open_family(session, actor, client_id)
    advisor = session.scalar(select(User.name).where(User.id == client.advisor_id))
    words = imprint.words() | {
        "file_no": client.client_no,
        "advisor": advisor or "",
        "client": family.name,
        "household": family.household.name if family.household else "—",
        "assets": _assets(family.household),
    }
    return fill(FORM, Filling(words, book, None, {"people": people_of(family, book)}))


def export_family(
    session: Session, actor: Actor, client_id: int, imprint: Imprint, path: Path
) -> int:
    """Write the page as a workbook; returns how many people stand on it."""
    sheet = family_sheet(session, actor, client_id, imprint)
    write_forms(path, [sheet])
    return sum(1 for row in sheet.blocks[0].rows if row.cells[1].text)


def people_of(family: Family, book: CodeBook) -> list[PersonSheetRow]:
    """Each relation and each other member of the household once, in Chinese."""
    members = family.household.members if family.household else ()
    by_client = {one.client_id: one for one in members}
    rows = [
        _related(one, by_client.get(one.client_id) if one.client_id else None, book)
        for one in family.relations
    ]
    named = {one.client_id for one in family.relations if one.client_id is not None}
    others = [one for one in members if not one.is_self and one.client_id not in named]
    rows += [PersonSheetRow(one.name, "同户", *_membership(one), "", "") for one in others]
    return sorted(rows, key=lambda row: not row.membership)


def _related(relation: RelationRow, member: MemberRow | None, book: CodeBook) -> PersonSheetRow:
    in_household, role = _membership(member)
    roles = [role] if role else []
    if relation.kind == terms.RELATION_INTRODUCER:
        roles.append("由客户介绍" if relation.is_inverse else "介绍人")
    if relation.decides:
        roles.append("客户替其做决定" if relation.is_inverse else "替客户做决定")
    return PersonSheetRow(
        relation.name, _kind(relation, book), in_household, "、".join(roles),
        relation.phone, relation.note,
    )  # fmt: skip


def _membership(member: MemberRow | None) -> tuple[str, str]:
    if member is None:
        return "", ""
    return "同户", "户主" if member.is_head else ""


def _kind(relation: RelationRow, book: CodeBook) -> str:
    if not relation.is_inverse:
        return book.label_zh(terms.RELATION, relation.kind)
    end = inverse_label(relation.kind)
    return end or book.label_zh(terms.RELATION, inverse_kind(relation.kind))


def _assets(household: HouseholdRow | None) -> str:
    if household is None:
        return "—"
    said = f"{household.assets_fen / 1_000_000:,.1f} 万元"
    return f"{said}（另有 {household.hidden} 人不在权限内）" if household.hidden else said
