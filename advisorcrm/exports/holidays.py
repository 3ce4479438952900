"""A year's holidays as a file that can be read back: CSV, workbook or JSON by its ending."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

from advisorcrm.columns import CodeBook
from advisorcrm.errors import InvalidFieldError
from advisorcrm.exports.cells import sheet_columns
from advisorcrm.exports.files import write_bytes
from advisorcrm.exports.table_book import SheetTable, write_tables
from advisorcrm.i18n import _
from advisorcrm.services.branch.working_days import ESTIMATE, NOTICE, WorkingDayRow, WorkingYearPlan


def export_holidays(plan: WorkingYearPlan, path: Path) -> int:
    """Write the days that differ from the plain week; returns how many. No client is in it.

    Raises InvalidFieldError for an ending that is none of the three.
    """
    ending = path.suffix.lower()
    if ending == ".csv":
        write_bytes(path, _csv(plan))
    elif ending == ".json":
        write_bytes(path, _json(plan))
    elif ending == ".xlsx":
        _write_workbook(plan, path)
    else:
        raise InvalidFieldError("path", _("文件名须以 .csv、.xlsx 或 .json 结尾。"))
    return len(plan.days)


def _csv(plan: WorkingYearPlan) -> bytes:
    """With the mark of UTF-8, so that table programs read it."""
    text = io.StringIO(newline="")
    sheet = csv.writer(text)
    basis = NOTICE if plan.is_official else ESTIMATE
    sheet.writerow(("日期", "星期", "类型", "名称", "依据"))
    sheet.writerows((row.on, row.weekday, row.kind.label_zh, row.name, basis) for row in plan.days)
    return text.getvalue().encode("utf-8-sig")


def _json(plan: WorkingYearPlan) -> bytes:
    days = [
        {"date": row.on.isoformat(), "kind": row.kind.value, "name": row.name} for row in plan.days
    ]
    content = {"year": plan.year, "is_official": plan.is_official, "days": days}
    return json.dumps(content, ensure_ascii=False, indent=1).encode()


def _write_workbook(plan: WorkingYearPlan, path: Path) -> None:
    title = f"{plan.year} 年节假日表"
    state = "国务院通知" if plan.is_official else "推算，等国务院通知"
    line = f"依据：{state}　　共 {len(plan.days)} 天"
    table = SheetTable(
        str(plan.year), title, line, sheet_columns(WorkingDayRow, CodeBook({})), plan.days
    )
    write_tables(path, [table])
