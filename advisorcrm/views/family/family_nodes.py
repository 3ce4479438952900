"""Who stands around a client: one entry a person, as the graph draws and the list tells it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from advisorcrm import terms
from advisorcrm.columns import CodeBook, Column
from advisorcrm.i18n import N_, _
from advisorcrm.services.files.households import MemberRow
from advisorcrm.services.files.relations import Family, RelationRow, said_decision, said_kind


@dataclass(frozen=True, slots=True)
class FamilyNode:
    """One person; ``id`` is the place, the client himself is the first and stands in no list."""

    id: int
    name: Annotated[str, Column(N_("姓名"), width=13)]
    kind: Annotated[str, Column(N_("关系"), width=16)]
    roles: Annotated[str, Column(N_("角色"), width=17)]
    phone: Annotated[str, Column(N_("电话"), width=13)]
    note: Annotated[str, Column(N_("说明"), width=18)]
    marks: tuple[tuple[str, str], ...]  # icon and word
    client_id: int | None
    relation_id: int | None
    is_client: bool
    is_member: bool


def nodes_of(family: Family, book: CodeBook) -> list[FamilyNode]:
    """The client, the other members of the household, then everybody else."""
    members = family.household.members if family.household else ()
    own = next((one for one in members if one.is_self), None)
    others = [one for one in members if not one.is_self]
    rest = list(family.relations)
    nodes = [_node(0, family.name, _marks(own, None), client_id=family.client_id,
                   is_member=own is not None)]  # fmt: skip
    for member in others:
        relation = _taken(rest, member)
        nodes.append(_of_member(len(nodes), member, relation, book))
    for relation in rest:
        nodes.append(_of_relation(len(nodes), relation, book))
    return nodes


def _taken(rest: list[RelationRow], member: MemberRow) -> RelationRow | None:
    """The first relation to a member, taken off the rest: a person stands there once."""
    for relation in rest:
        if member.client_id is not None and relation.client_id == member.client_id:
            rest.remove(relation)
            return relation
    return None


def _of_member(
    place: int, member: MemberRow, relation: RelationRow | None, book: CodeBook
) -> FamilyNode:
    return _node(
        place,
        member.name,
        _marks(member, relation),
        kind=said_kind(relation, book) if relation else _("同户"),
        note=relation.note if relation else "",
        client_id=member.client_id,
        relation_id=relation.id if relation else None,
        is_member=True,
    )


def _of_relation(place: int, relation: RelationRow, book: CodeBook) -> FamilyNode:
    return _node(
        place,
        relation.name,
        _marks(None, relation),
        kind=said_kind(relation, book),
        phone=relation.phone,
        note=relation.note,
        client_id=relation.client_id,
        relation_id=relation.id,
        is_client=relation.is_client,
    )


def _marks(member: MemberRow | None, relation: RelationRow | None) -> tuple[tuple[str, str], ...]:
    marks = []
    if member is not None and member.is_head:
        marks.append(("star", _("户主")))
    if relation is not None and relation.kind == terms.RELATION_INTRODUCER:
        marks.append(("handshake", _("介绍")))
    if relation is not None and relation.decides:
        marks.append(("user-check", said_decision(relation)))
    return tuple(marks)


def _node(  # noqa: PLR0913 - what an entry consists of
    place: int,
    name: str,
    marks: tuple[tuple[str, str], ...],
    *,
    kind: str = "",
    phone: str = "",
    note: str = "",
    client_id: int | None = None,
    relation_id: int | None = None,
    is_client: bool = True,
    is_member: bool = False,
) -> FamilyNode:
    roles = "、".join(word for _icon, word in marks)
    return FamilyNode(
        place, name, kind, roles, phone, note, marks, client_id, relation_id, is_client, is_member
    )
