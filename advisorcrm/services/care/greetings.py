"""Templates of greetings, and the draft for one client (R113, R244, R245).

A template belongs to the branch (changed by the manager) or to one person.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from advisorcrm.columns import Column
from advisorcrm.db.actor import Actor
from advisorcrm.errors import InvalidFieldError, NotFoundError
from advisorcrm.i18n import N_, _
from advisorcrm.models import Branch, Client, GreetingTemplate
from advisorcrm.rules.birthdays import age_on
from advisorcrm.rules.greetings import (
    ADDRESS,
    ADVISOR,
    AGE,
    BRANCH,
    OCCASION,
    PLACES,
    address_of,
    fill_greeting,
    unknown_places,
)
from advisorcrm.services.access import Right, demand, own_client
from advisorcrm.services.files.client_checks import clean_text
from advisorcrm.terms import BirthdayKept, CareKind

LONGEST = 500
"""Characters: some seven short messages."""
# chinese: data (the words a branch begins with)
SEEDS: tuple[tuple[CareKind, str, str], ...] = (
    (
        CareKind.BIRTHDAY,
        "生日祝贺",
        "{称呼}，您好！值此您生日之际，{营业部}{客服}祝您生日快乐，身体健康，阖家幸福！",
    ),
    (
        CareKind.BIRTHDAY,
        "生日祝贺（简）",
        "{称呼}，生日快乐！愿您新的一岁平安顺遂。{客服}",
    ),
    (
        CareKind.FESTIVAL,
        "节日问候",
        "{称呼}，您好！{节日}将至，{营业部}{客服}祝您和家人节日快乐，平安喜乐！",
    ),
    (CareKind.FESTIVAL, "节日问候（简）", "{称呼}，{节日}快乐！{客服}"),
)


@dataclass(frozen=True, slots=True)
class NewTemplate:
    """Words as they are entered; ``is_own`` for those of one person."""

    kind: CareKind
    name: str
    content: str
    is_own: bool = False


@dataclass(frozen=True, slots=True)
class TemplateRow:
    """One template as the settings and the draft offer it."""

    id: int
    kind: Annotated[CareKind, Column(N_("用于"), width=16)]
    name: Annotated[str, Column(N_("名称"), width=16)]
    owner: Annotated[str, Column(N_("属于"), width=10)]
    content: Annotated[str, Column(N_("内容"), width=50)]
    is_own: bool


def seed_templates(session: Session) -> None:
    """Enter the words a branch begins with, once."""
    if session.scalar(select(func.count()).select_from(GreetingTemplate)):
        return
    for position, (kind, name, content) in enumerate(SEEDS):
        session.add(GreetingTemplate(kind=kind, name=name, content=content, position=position))


def list_templates(
    session: Session, actor: Actor, *, kind: CareKind | None = None
) -> list[TemplateRow]:
    """The branch's templates and the person's own, own ones first."""
    statement = select(GreetingTemplate).where(
        GreetingTemplate.archived_at.is_(None),
        or_(GreetingTemplate.user_id.is_(None), GreetingTemplate.user_id == actor.user_id),
    )
    if kind is not None:
        statement = statement.where(GreetingTemplate.kind == kind)
    found = session.scalars(statement).all()
    ordered = sorted(found, key=lambda one: (one.user_id is None, one.position, one.id))
    return [
        TemplateRow(
            one.id,
            one.kind,
            one.name,
            _("我的") if one.user_id is not None else _("营业部"),
            one.content,
            one.user_id is not None,
        )
        for one in ordered
    ]


def add_template(session: Session, actor: Actor, new: NewTemplate) -> int:
    """Add words: a person's own, or the branch's by the manager.

    Raises InvalidFieldError for empty words, too many, and for a place nobody fills.
    """
    demand(actor, Right.LOG_CONTACTS if new.is_own else Right.LEAD_LISTS)
    name, content = _checked(new)
    last = session.scalar(select(func.max(GreetingTemplate.position)))
    row = GreetingTemplate(
        user_id=actor.user_id if new.is_own else None,
        kind=new.kind,
        name=name,
        content=content,
        position=(last or 0) + 1,
    )
    session.add(row)
    session.flush()  # the id is the answer
    return row.id


def change_template(session: Session, actor: Actor, template_id: int, new: NewTemplate) -> None:
    """Other words for a template; see ``add_template``."""
    row = _own(session, actor, template_id)
    row.name, row.content = _checked(new)
    row.kind = new.kind


def archive_template(session: Session, actor: Actor, template_id: int, *, now: datetime) -> None:
    """Offer it no longer; it can be taken back."""
    _own(session, actor, template_id).archived_at = now


def restore_template(session: Session, actor: Actor, template_id: int) -> None:
    """Offer it again."""
    _own(session, actor, template_id).archived_at = None


def draft_greeting(
    session: Session,
    actor: Actor,
    client_id: int,
    template_id: int,
    *,
    occasion: str = "",
    on: date | None = None,
) -> str:
    """The words for one client, ready to be read over and changed.

    Raises NotFoundError for a client who is not the person's or a template that is gone.
    """
    client = own_client(session, actor, client_id)
    content = template_content(session, actor, template_id)
    return words_for(client, content, signature(session, actor), occasion=occasion, on=on)


def signature(session: Session, actor: Actor) -> dict[str, str]:
    """Who greets: the person and the branch, as they stand in every greeting."""
    branch = session.scalar(select(Branch.short_name).limit(1)) or ""
    return {ADVISOR: actor.name, BRANCH: branch}


def words_for(
    client: Client,
    content: str,
    signed: Mapping[str, str],
    *,
    occasion: str = "",
    on: date | None = None,
) -> str:
    """The words of a template for a client."""
    age = _age(client, on) if on is not None else None
    address = address_of(client.name, client.sex, client.kind, client.alias)
    told = {ADDRESS: address, OCCASION: occasion, AGE: "" if age is None else str(age)}
    return fill_greeting(content, {**signed, **told})


def _age(client: Client, on: date) -> int | None:
    """How old the client becomes, by the calendar by which the birthday is kept."""
    is_lunar = client.birthday_kept is BirthdayKept.LUNAR and client.lunar_month is not None
    return age_on(client.birthday, on, is_lunar=is_lunar)


def template_content(session: Session, actor: Actor, template_id: int) -> str:
    """The words of a template the person may use."""
    return _find(session, actor, template_id).content


def _checked(new: NewTemplate) -> tuple[str, str]:
    name = clean_text("name", new.name)
    content = clean_text("content", new.content, limit=LONGEST)
    if not name:
        raise InvalidFieldError("name", _("请填模板名称。"))
    if not content:
        raise InvalidFieldError("content", _("请填问候内容。"))
    unknown = unknown_places(content)
    if unknown:
        raise InvalidFieldError(
            "content",
            _("不认识 {{{place}}}。可用：{places}。").format(
                place=unknown[0], places=_("、").join(f"{{{place}}}" for place in PLACES)
            ),
        )
    return name, content


def _find(session: Session, actor: Actor, template_id: int) -> GreetingTemplate:
    row = session.get(GreetingTemplate, template_id)
    if row is None or row.user_id not in (None, actor.user_id):
        raise NotFoundError(_("找不到这个问候模板。"))
    return row


def _own(session: Session, actor: Actor, template_id: int) -> GreetingTemplate:
    row = _find(session, actor, template_id)
    demand(actor, Right.LOG_CONTACTS if row.user_id is not None else Right.LEAD_LISTS)
    return row
