"""Fields a branch adds to the client's file: defined, renamed, ordered, retired (R19).

A field never goes: retired it leaves the page, its values stay. The choices of a field of kind
选项 are a code list of the branch.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from advisorcrm.columns import OwnFieldRow
from advisorcrm.db.actor import Actor
from advisorcrm.db.history import because
from advisorcrm.errors import InvalidFieldError, NotFoundError
from advisorcrm.i18n import _
from advisorcrm.models import CodeListEntry, CompletenessWeight, OwnField
from advisorcrm.services.access import Right, demand
from advisorcrm.services.files.client_checks import clean_text
from advisorcrm.services.files.file_labels import LABELS
from advisorcrm.terms import OWN_PREFIX, OwnFieldKind

LONGEST_LABEL = 20
LONGEST_EXPLAIN = 60
MOST_FIELDS = 30
"""More would bury the file; retired ones do not count."""
# chinese: data (headings of the client list that are called otherwise in the file)
_TAKEN = frozenset(
    {"序号", "客户号", "资产（元）", "总资产（元）", "联系电话", "电子邮件", "电子邮箱",
     "所属客户组", "生日（公/农）", "最近沟通", "完备率％", "更新日期", "客服专员工号", "称呼",
     "客户类别", "固定电话", "微信", "QQ",
     "其他联系方式", "风险测评日期", "风险测评到期日", "出生日期", "过生日", "近12月佣金（元）"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class NewOwnField:
    """What the manager says about another field."""

    label: str
    kind: OwnFieldKind = OwnFieldKind.TEXT
    label_en: str = ""
    explain: str = ""
    choices: tuple[str, ...] = ()


def load_own_fields(session: Session, *, with_retired: bool = False) -> tuple[OwnFieldRow, ...]:
    """The fields in the branch's order, retired ones last."""
    found = select(OwnField).order_by(OwnField.is_retired, OwnField.position, OwnField.id)
    if not with_retired:
        found = found.where(OwnField.is_retired.is_(False))
    return tuple(
        OwnFieldRow(field.id, field.name, field.label, field.label_en, field.kind, field.explain,
                    field.is_retired)
        for field in session.scalars(found)
    )  # fmt: skip


def list_own_fields(session: Session, actor: Actor) -> list[OwnFieldRow]:
    """The fields as the settings show them."""
    demand(actor, Right.SEE_STANDARDS)
    return list(load_own_fields(session, with_retired=True))


def add_own_field(session: Session, actor: Actor, new: NewOwnField) -> int:
    """Give every file another field; returns its id.

    Raises InvalidFieldError for a label that is empty, too long, or that another field has, and
    for a field of choices without choices.
    """
    demand(actor, Right.SET_STANDARDS)
    known = list(session.scalars(select(OwnField)))
    _demand_room(known, "label")
    label = _clean_label(known, new.label)
    choices = _clean_choices(new)
    taken = {field.name for field in known}
    name = next(f"f{at}" for at in range(1, len(taken) + 2) if f"f{at}" not in taken)
    with because(session, _("自定义字段")):
        field = OwnField(
            name=name,
            label=label,
            label_en=clean_text("label_en", new.label_en, limit=2 * LONGEST_LABEL),
            kind=new.kind,
            explain=clean_text("explain", new.explain, limit=LONGEST_EXPLAIN),
            position=max((one.position for one in known), default=-1) + 1,
        )
        session.add(field)
        session.add_all(
            CodeListEntry(
                list_name=OWN_PREFIX + name, code=f"own_{at + 1}", label=text, position=at
            )
            for at, text in enumerate(choices)
        )
        session.flush()  # the id is the answer
        return field.id


def change_own_field(
    session: Session, actor: Actor, field_id: int, label: str, label_en: str, explain: str
) -> None:
    """Change what a field is called and how it is explained; its kind stays.

    Raises InvalidFieldError as ``add_own_field`` does.
    """
    demand(actor, Right.SET_STANDARDS)
    field = _field(session, field_id)
    others = session.scalars(select(OwnField).where(OwnField.id != field_id))
    label = _clean_label(list(others), label)
    label_en = clean_text("label_en", label_en, limit=2 * LONGEST_LABEL)
    explain = clean_text("explain", explain, limit=LONGEST_EXPLAIN)
    with because(session, _("自定义字段")):
        field.label, field.label_en, field.explain = label, label_en, explain


def order_own_fields(session: Session, actor: Actor, field_ids: Sequence[int]) -> None:
    """Show the fields in this order; those not named follow as they stood."""
    demand(actor, Right.SET_STANDARDS)
    places = {key: place for place, key in enumerate(field_ids)}
    fields = list(session.scalars(select(OwnField).order_by(OwnField.position, OwnField.id)))
    with because(session, _("自定义字段")):
        fields.sort(key=lambda field: places.get(field.id, len(places)))
        for place, field in enumerate(fields):
            field.position = place


def retire_own_field(session: Session, actor: Actor, field_id: int, *, is_retired: bool) -> None:
    """Take a field off the page, or bring it back with the values it had.

    Raises InvalidFieldError while the field counts in the completeness of files, and for one that
    comes back where there are as many as fit.
    """
    demand(actor, Right.SET_STANDARDS)
    field = _field(session, field_id)
    if is_retired:
        _demand_weightless(session, field)
    elif field.is_retired:
        _demand_room(session.scalars(select(OwnField)), "is_retired")
    with because(session, _("自定义字段")):
        field.is_retired = is_retired


def _field(session: Session, field_id: int) -> OwnField:
    field = session.get(OwnField, field_id)
    if field is None:
        raise NotFoundError(_("这个字段已不在，请刷新后再试。"))
    return field


def _demand_room(fields: Iterable[OwnField], told_at: str) -> None:
    if sum(not field.is_retired for field in fields) >= MOST_FIELDS:
        raise InvalidFieldError(
            told_at, _("最多 {count} 个自定义字段，请先停用不用的。").format(count=MOST_FIELDS)
        )


def _demand_weightless(session: Session, field: OwnField) -> None:
    """Without it the weights would no longer make 100."""
    weighed = select(CompletenessWeight.id).where(
        CompletenessWeight.item == f"own.{field.name}", CompletenessWeight.weight > 0
    )
    if session.scalar(weighed.limit(1)) is not None:
        raise InvalidFieldError(
            "is_retired",
            _("“{label}”在完备率里有权重，请先把它改为 0。").format(label=field.label),
        )


def _clean_label(others: Sequence[OwnField], label: str) -> str:
    label = "".join(clean_text("label", label, limit=LONGEST_LABEL).split("\n"))
    if not label:
        raise InvalidFieldError("label", _("请填名称。"))
    same = next((field for field in others if field.label == label), None)
    if same is not None and same.is_retired:
        raise InvalidFieldError(
            "label", _("“{label}”已停用，请恢复使用它，不必另加。").format(label=label)
        )
    if same is not None or label in _TAKEN | set(LABELS.values()):
        raise InvalidFieldError("label", _("已有“{label}”，请换一个名称。").format(label=label))
    return label


def _clean_choices(new: NewOwnField) -> tuple[str, ...]:
    if new.kind is not OwnFieldKind.CHOICE:
        return ()
    texts = (clean_text("choices", text, limit=30) for text in new.choices)
    choices = tuple(dict.fromkeys(text for text in texts if text))
    if not choices:
        raise InvalidFieldError("choices", _("请至少填一个选项。"))
    return choices
