"""导出设置: what the branch has set, one table a matter, as workbook and on paper (design 3.13)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Annotated, Any

from sqlalchemy.orm import Session

from advisorcrm import terms
from advisorcrm.columns import BRANCH_TIME, Column, Form
from advisorcrm.exports.cells import sheet_columns
from advisorcrm.exports.imprint import Imprint, Leaving, take_imprint
from advisorcrm.exports.record_list import RecordList, record_list_sheet
from advisorcrm.exports.sheet import Sheet
from advisorcrm.exports.table_book import SheetTable, write_tables
from advisorcrm.rules.weight_book import EVERYBODY
from advisorcrm.services.access import Actor, Right, demand
from advisorcrm.services.branch.code_lists import list_code_lists, list_codes, load_code_book
from advisorcrm.services.branch.compliance_parameters import list_compliance
from advisorcrm.services.branch.tiers import list_tiers
from advisorcrm.services.completeness.completeness_weights import read_weight_book
from advisorcrm.services.files.own_fields import list_own_fields
from advisorcrm.terms import AccessKind, OwnFieldKind

SUBJECT = "设置"
_RETIRED = {True: "已停用", False: ""}


@dataclass(frozen=True, slots=True)
class ParameterSheetRow:
    """One compliance parameter."""

    label: Annotated[str, Column("参数", width=18)]
    value: Annotated[str, Column("现值", width=18)]
    unit: Annotated[str, Column("单位", width=6)]
    default: Annotated[str, Column("默认", width=18)]
    source: Annotated[str, Column("依据", width=44)]
    changed_by: Annotated[str, Column("谁改", width=24)]
    changed_at: Annotated[datetime | None, Column("何时", width=16)]


@dataclass(frozen=True, slots=True)
class TierSheetRow:
    """One 客户类型 with its thresholds."""

    tier: Annotated[str, Column("客户类型", codes=terms.TIER, width=12)]
    assets_from_fen: Annotated[int | None, Column("总资产不低于（元）", form=Form.MONEY, width=20)]
    commission_from_fen: Annotated[
        int | None, Column("或近 12 月佣金（元）", form=Form.MONEY, width=20)
    ]
    is_high_end: Annotated[bool, Column("高端客户", width=10)]
    contact_every_days: Annotated[int | None, Column("约定联系（天）", width=14)]
    clients: Annotated[int, Column("现有户数", width=10)]


@dataclass(frozen=True, slots=True)
class WeightSheetRow:
    """What one item of the file counts for clients of a type."""

    tier: Annotated[str, Column("适用客户类型", width=14)]
    group: Annotated[str, Column("分组", width=16)]
    item: Annotated[str, Column("字段", width=16)]
    weight: Annotated[int, Column("权重", width=8, align="right")]
    when: Annotated[str, Column("算完整的条件", width=28)]


@dataclass(frozen=True, slots=True)
class CodeSheetRow:
    """One choice of a list of the branch."""

    title: Annotated[str, Column("代码表", width=18)]
    code: Annotated[str, Column("代码", width=16)]
    label: Annotated[str, Column("名称", width=18)]
    label_en: Annotated[str, Column("英文名称", width=22)]
    state: Annotated[str, Column("状态", width=8)]


@dataclass(frozen=True, slots=True)
class OwnFieldSheetRow:
    """One field the branch added itself."""

    label: Annotated[str, Column("自定义字段", width=18)]
    label_en: Annotated[str, Column("英文名称", width=22)]
    kind: Annotated[OwnFieldKind, Column("字段类型", width=8)]
    explain: Annotated[str, Column("说明", width=28)]
    state: Annotated[str, Column("状态", width=8)]


def register_settings(
    session: Session, actor: Actor, *, now: datetime, kind: AccessKind = AccessKind.EXPORT
) -> Imprint:
    """Demand the right and note in the access log what is about to leave; a write."""
    demand(actor, Right.SEE_STANDARDS)
    return take_imprint(session, actor, Leaving(SUBJECT, kind, client_count=0), now=now)


def settings_sheets(session: Session, actor: Actor, imprint: Imprint) -> list[Sheet]:
    """A sheet for each matter that has anything, for preview, PDF and printer."""
    return [
        record_list_sheet(session, actor, _as_list(name, row_type, rows), imprint)
        for name, row_type, rows in _tables(session, actor, imprint)
        if rows
    ]


def _as_list(name: str, row_type: type[Any], rows: Sequence[Any]) -> RecordList:
    def read(_session: Session, _actor: Actor, _day: date) -> Sequence[Any]:
        return rows

    return RecordList(name, row_type, read)


def export_settings(session: Session, actor: Actor, imprint: Imprint, path: Path) -> int:
    """Write the workbook, a worksheet a matter; returns how many rows it holds."""
    book, words = load_code_book(session, actor), imprint.words()
    line = f"营业部：{imprint.branch}　　{words['printed_by']}　{words['printed_at']}"
    tables = _tables(session, actor, imprint)
    write_tables(
        path,
        [
            SheetTable(name, name, line, sheet_columns(row_type, book), rows)
            for name, row_type, rows in tables
        ],
        watermark=imprint.watermark,
    )
    return sum(len(rows) for _name, _row_type, rows in tables)


def _tables(
    session: Session, actor: Actor, imprint: Imprint
) -> list[tuple[str, type[Any], Sequence[Any]]]:
    readers: tuple[tuple[str, type[Any], Callable[[Session, Actor], Iterable[Any]]], ...] = (
        ("合规参数", ParameterSheetRow, _parameters),
        ("客户分级", TierSheetRow, partial(_tiers, now=imprint.at)),
        ("完备率权重", WeightSheetRow, _weights),
        ("代码表", CodeSheetRow, _codes),
        ("自定义字段", OwnFieldSheetRow, _own_fields),
    )
    return [(name, row_type, tuple(read(session, actor))) for name, row_type, read in readers]


def _parameters(session: Session, actor: Actor) -> Iterable[ParameterSheetRow]:
    for one in list_compliance(session, actor):
        at = one.changed_at.astimezone(BRANCH_TIME) if one.changed_at else None
        yield ParameterSheetRow(
            one.label, one.value, one.unit, one.default, one.source, one.changed_by, at
        )


def _tiers(session: Session, actor: Actor, now: datetime) -> Iterable[TierSheetRow]:
    for line in list_tiers(session, actor, now=now):
        yield TierSheetRow(
            line.tier, line.assets_from_fen, line.commission_from_fen, line.is_high_end,
            line.contact_every_days, line.clients,
        )  # fmt: skip


def _weights(session: Session, actor: Actor) -> Iterable[WeightSheetRow]:
    weights, book = read_weight_book(session, actor), load_code_book(session, actor)
    for tier in (EVERYBODY, *(tier for tier, _set in weights.by_tier)):
        called = book.label_zh(terms.TIER, tier) if tier else "所有客户"
        for item, weight in zip(weights.items, weights.weights(tier), strict=True):
            yield WeightSheetRow(called, item.group, item.label, weight, item.when)


def _codes(session: Session, actor: Actor) -> Iterable[CodeSheetRow]:
    for listed in list_code_lists(session, actor):
        for one in list_codes(session, actor, listed.name):
            state = _RETIRED[one.is_retired]
            yield CodeSheetRow(listed.title, one.code, one.label, one.label_en, state)


def _own_fields(session: Session, actor: Actor) -> Iterable[OwnFieldSheetRow]:
    for one in list_own_fields(session, actor):
        state = _RETIRED[one.is_retired]
        yield OwnFieldSheetRow(one.label, one.label_en, one.kind, one.explain, state)
