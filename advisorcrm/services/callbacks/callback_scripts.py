"""The library of scripts for calls: extended by the branch, retired, never deleted (R243)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from sqlalchemy import func, insert, or_, select
from sqlalchemy.orm import Session

from advisorcrm import terms
from advisorcrm.columns import Column
from advisorcrm.db.actor import Actor
from advisorcrm.errors import InvalidFieldError, NotFoundError
from advisorcrm.i18n import _
from advisorcrm.models import CallbackScript
from advisorcrm.rules.callback_scripts import SEEDS
from advisorcrm.services.access import Right, demand
from advisorcrm.services.branch.code_checks import demand_codes
from advisorcrm.services.callbacks.callback_access import demand_callbacks
from advisorcrm.services.files.client_checks import clean_text
from advisorcrm.terms import ScriptPart

LONGEST = 2_000


@dataclass(frozen=True, slots=True)
class ScriptRow:
    """One passage; ``kind`` None is for calls of every kind."""

    id: int
    part: Annotated[ScriptPart, Column("环节", width=16)]
    kind: Annotated[str | None, Column("回访类型", codes=terms.CALLBACK_KIND, width=12)]
    title: Annotated[str, Column("标题", width=16)]
    words: Annotated[str, Column("话术", width=60)]
    is_retired: Annotated[bool, Column("已停用", width=7)]


@dataclass(frozen=True, slots=True)
class NewScript:
    """A passage as somebody writes it."""

    part: ScriptPart
    title: str
    words: str
    kind: str | None = None


def seed_scripts(session: Session) -> None:
    """Give a branch without any script the ones to begin with."""
    if session.scalar(select(func.count(CallbackScript.id))):
        return
    rows = [
        {"kind": kind, "part": part, "title": title, "words": words, "position": place,
         "is_retired": False, "version": 1}
        for place, (kind, part, title, words) in enumerate(SEEDS)
    ]  # fmt: skip
    session.execute(insert(CallbackScript), rows)


def list_scripts(
    session: Session, actor: Actor, *, kind: str | None = None, also_retired: bool = False
) -> list[ScriptRow]:
    """Passages in the order of a call; for one kind its own stand before those for all (R225)."""
    demand_callbacks(actor)
    statement = select(CallbackScript)
    if kind is not None:
        statement = statement.where(or_(CallbackScript.kind == kind, CallbackScript.kind.is_(None)))
    if not also_retired:
        statement = statement.where(CallbackScript.is_retired.is_(False))
    order = {part: place for place, part in enumerate(ScriptPart)}
    scripts = sorted(
        session.scalars(statement),
        key=lambda row: (row.is_retired, order[row.part], row.kind is None, row.position, row.id),
    )
    return [
        ScriptRow(row.id, row.part, row.kind, row.title, row.words, row.is_retired)
        for row in scripts
    ]


def add_script(session: Session, actor: Actor, new: NewScript) -> int:
    """Add a passage that has proved itself: every caller may. Raises InvalidFieldError."""
    demand(actor, Right.CALL_BACK)
    last = session.scalar(select(func.max(CallbackScript.position)))
    script = CallbackScript(position=0 if last is None else last + 1, **_checked(session, new))
    session.add(script)
    session.flush()  # the id is the answer
    return script.id


def change_script(session: Session, actor: Actor, script_id: int, new: NewScript) -> None:
    """Say a passage better (manager); the old words stay in the change history."""
    demand(actor, Right.LEAD_LISTS)
    script = _script(session, script_id)
    for name, value in _checked(session, new).items():
        setattr(script, name, value)


def retire_script(
    session: Session, actor: Actor, script_id: int, *, is_retired: bool = True
) -> None:
    """Offer a passage no longer, or again (manager)."""
    demand(actor, Right.LEAD_LISTS)
    _script(session, script_id).is_retired = is_retired


def _checked(session: Session, new: NewScript) -> dict[str, object]:
    title = clean_text("title", new.title)
    words = clean_text("words", new.words, limit=LONGEST)
    if not title:
        raise InvalidFieldError("title", _("请给话术起个标题。"))
    if not words:
        raise InvalidFieldError("words", _("请写下话术。"))
    if new.kind is not None:
        demand_codes(session, terms.CALLBACK_KIND, (new.kind,), field="kind")
    return {"kind": new.kind, "part": new.part, "title": title, "words": words}


def _script(session: Session, script_id: int) -> CallbackScript:
    script = session.get(CallbackScript, script_id)
    if script is None:
        raise NotFoundError(_("找不到这段话术。"))
    return script
