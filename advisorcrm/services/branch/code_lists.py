"""The branch's lists: the book of labels, and what the manager does with them.

Every list can be extended, its labels changed, ordered and retired; nothing is deleted, since
old records keep their codes (docs/vocabularies.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from advisorcrm import terms
from advisorcrm.columns import CodeBook
from advisorcrm.db.actor import Actor
from advisorcrm.db.history import because
from advisorcrm.errors import InvalidFieldError, NotFoundError
from advisorcrm.i18n import _, language
from advisorcrm.models import CodeListEntry, OwnField
from advisorcrm.services.access import Right, demand
from advisorcrm.services.branch.code_list_seeds import ASKED_BY_RULES, SEEDS, TITLES
from advisorcrm.services.files.client_checks import clean_text
from advisorcrm.services.files.own_fields import load_own_fields

LONGEST_LABEL = 30
_SEVERAL = frozenset(
    {terms.WEALTH_CONTENT, terms.WEALTH_WAY, terms.TRADING_WAY, terms.TOPIC, terms.TAG}
)
"""Of these a client may have several, which sheets write with commas between."""
_COMMAS = frozenset("、，,；;")


@dataclass(frozen=True, slots=True)
class CodeList:
    """One list: what it is called and how many choices it offers."""

    name: str
    title: str
    offered: int
    is_own: bool = False  # of a field the branch added itself


@dataclass(frozen=True, slots=True)
class CodeEntry:
    """One choice of a list; ``kept_for`` says which rule needs it, if one does."""

    id: int
    list_name: str
    code: str
    label: str
    label_en: str
    is_retired: bool
    kept_for: str = ""


def seed_code_lists(session: Session) -> None:
    """Fill the lists that the branch does not have yet; those it has are its own."""
    known = set(session.scalars(select(CodeListEntry.list_name).distinct()))
    entries = [
        {"list_name": name, "code": code, "label": label, "label_en": label_en,
         "position": place, "is_retired": False, "version": 1}
        for name, choices in SEEDS.items() if name not in known
        for place, (code, label, label_en) in enumerate(choices)
    ]  # fmt: skip
    if entries:
        session.execute(insert(CodeListEntry), entries)


def load_code_book(session: Session, actor: Actor) -> CodeBook:
    """All labels as one snapshot; retired codes keep their labels for old records."""
    rows = session.execute(
        select(
            CodeListEntry.list_name,
            CodeListEntry.code,
            CodeListEntry.label,
            CodeListEntry.label_en,
            CodeListEntry.is_retired,
        ).order_by(CodeListEntry.list_name, CodeListEntry.is_retired, CodeListEntry.position)
    )
    lists: dict[str, dict[str, tuple[str, str]]] = {}
    retired: set[tuple[str, str]] = set()
    for name, code, label, label_en, is_retired in rows:
        lists.setdefault(name, {})[code] = (label, label_en)
        if is_retired:
            retired.add((name, code))
    own = load_own_fields(session, with_retired=True)
    return CodeBook(lists, frozenset(retired), own, _edition(session))


def renew_code_book(session: Session, actor: Actor, edition: str) -> CodeBook | None:
    """The book where it is another edition by now, also by somebody else; one cheap query."""
    return None if _edition(session) == edition else load_code_book(session, actor)


def list_code_lists(session: Session, actor: Actor) -> list[CodeList]:
    """The lists as the settings show them, those of own fields at the end."""
    demand(actor, Right.SEE_STANDARDS)
    counts: dict[str, int] = {
        row[0]: row[1]
        for row in session.execute(
            select(CodeListEntry.list_name, func.count())
            .where(CodeListEntry.is_retired.is_(False))
            .group_by(CodeListEntry.list_name)
        )
    }
    lists = [CodeList(name, _(title), counts.get(name, 0)) for name, title in TITLES.items()]
    own = session.execute(
        select(OwnField.name, OwnField.label, OwnField.label_en)
        .where(OwnField.kind == terms.OwnFieldKind.CHOICE)
        .order_by(OwnField.is_retired, OwnField.position, OwnField.id)
    )
    for field, label, label_en in own:
        name = terms.OWN_PREFIX + field
        title = label_en or label if language() == "en" else label
        lists.append(CodeList(name, title, counts.get(name, 0), is_own=True))
    return lists


def list_codes(session: Session, actor: Actor, list_name: str) -> list[CodeEntry]:
    """The choices of a list in the branch's order, retired ones last."""
    demand(actor, Right.SEE_STANDARDS)
    return [
        CodeEntry(entry.id, entry.list_name, entry.code, entry.label, entry.label_en,
                  entry.is_retired, _(ASKED_BY_RULES.get((list_name, entry.code), "")))
        for entry in _entries(session, list_name)
    ]  # fmt: skip


def add_code(session: Session, actor: Actor, list_name: str, label: str, label_en: str = "") -> int:
    """Offer another choice; returns its id.

    Raises InvalidFieldError for a label that is empty, too long or there already, also as a
    retired one: that is brought back instead.
    """
    demand(actor, Right.SET_STANDARDS)
    _demand_list(session, list_name)
    entries = _entries(session, list_name)
    label = _clean_label(list_name, entries, label)
    label_en = _clean_english(label_en)
    taken = {entry.code for entry in entries}
    numbered = (f"own_{at}" for at in range(1, len(taken) + 2))
    with because(session, _("代码表")):
        last = max((entry.position for entry in entries), default=-1)
        entry = CodeListEntry(
            list_name=list_name,
            code=next(code for code in numbered if code not in taken),
            label=label,
            label_en=label_en,
            position=last + 1,
        )
        offered = [known for known in entries if not known.is_retired]
        if list_name == terms.TIER and offered:  # the last type is the one for everybody else
            entry.position = offered[-1].position
            offered[-1].position = last + 1
        session.add(entry)
        session.flush()  # the id is the answer
        return entry.id


def rename_code(session: Session, actor: Actor, entry_id: int, label: str, label_en: str) -> None:
    """Change what a choice is called; records that hold it show the new name.

    Raises InvalidFieldError as ``add_code`` does.
    """
    demand(actor, Right.SET_STANDARDS)
    entry = _entry(session, entry_id)
    others = [known for known in _entries(session, entry.list_name) if known.id != entry_id]
    label = _clean_label(entry.list_name, others, label)
    label_en = _clean_english(label_en)
    with because(session, _("代码表")):
        entry.label, entry.label_en = label, label_en


def order_codes(session: Session, actor: Actor, list_name: str, entry_ids: Sequence[int]) -> None:
    """Offer the choices in this order; those not named follow as they stood."""
    demand(actor, Right.SET_STANDARDS)
    entries = _entries(session, list_name)
    places = {key: place for place, key in enumerate(entry_ids)}
    with because(session, _("代码表")):
        entries.sort(key=lambda entry: places.get(entry.id, len(places)))
        for place, entry in enumerate(entries):
            entry.position = place


def retire_code(session: Session, actor: Actor, entry_id: int, *, is_retired: bool) -> None:
    """Offer a choice no more, or again; records that hold it keep it.

    Raises InvalidFieldError for a choice that rules ask for and for the last one of its list.
    """
    demand(actor, Right.SET_STANDARDS)
    entry = _entry(session, entry_id)
    if entry.is_retired is is_retired:
        return
    if is_retired:
        _demand_retirable(session, entry)
    with because(session, _("代码表")):
        entry.is_retired = is_retired


def _demand_retirable(session: Session, entry: CodeListEntry) -> None:
    reason = ASKED_BY_RULES.get((entry.list_name, entry.code))
    if reason is not None:
        raise InvalidFieldError(
            "is_retired",
            _("“{label}”不能停用：{reason}。名称可以改。").format(
                label=entry.label, reason=_(reason)
            ),
        )
    if sum(not known.is_retired for known in _entries(session, entry.list_name)) == 1:
        raise InvalidFieldError("is_retired", _("至少要留一个选项，请先添加别的。"))


def _entries(session: Session, list_name: str) -> list[CodeListEntry]:
    return list(
        session.scalars(
            select(CodeListEntry)
            .where(CodeListEntry.list_name == list_name)
            .order_by(CodeListEntry.is_retired, CodeListEntry.position, CodeListEntry.id)
        )
    )


def _entry(session: Session, entry_id: int) -> CodeListEntry:
    entry = session.get(CodeListEntry, entry_id)
    if entry is None:
        raise NotFoundError(_("这个选项已不在，请刷新后再试。"))
    return entry


def _demand_list(session: Session, list_name: str) -> None:
    if list_name in TITLES:
        return
    own = list_name.removeprefix(terms.OWN_PREFIX)
    known = select(OwnField.id).where(
        OwnField.name == own, OwnField.kind == terms.OwnFieldKind.CHOICE
    )
    if own == list_name or session.scalar(known) is None:
        raise NotFoundError(_("没有这张代码表。"))


def _clean_label(list_name: str, others: Sequence[CodeListEntry], label: str) -> str:
    label = " ".join(clean_text("label", label, limit=LONGEST_LABEL).split())
    if not label:
        raise InvalidFieldError("label", _("请填名称。"))
    if list_name in _SEVERAL and _COMMAS & set(label):
        raise InvalidFieldError("label", _("这张表可以多选，名称里不能有顿号、逗号或分号。"))
    same = next((entry for entry in others if entry.label == label), None)
    if same is None:
        return label
    if same.is_retired:
        raise InvalidFieldError(
            "label", _("“{label}”已停用，请恢复使用它，不必另加。").format(label=label)
        )
    raise InvalidFieldError("label", _("已有“{label}”，请换一个名称。").format(label=label))


def _clean_english(label_en: str) -> str:
    return " ".join(clean_text("label_en", label_en, limit=2 * LONGEST_LABEL).split())


def _edition(session: Session) -> str:
    """Rows are never lost and each change counts their version on: so many, changed so often."""
    counted = [
        select(count).select_from(table).scalar_subquery()
        for table in (CodeListEntry, OwnField)
        for count in (func.count(), func.coalesce(func.sum(table.version), 0))
    ]
    return "/".join(str(count) for count in session.execute(select(*counted)).one())
