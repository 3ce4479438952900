"""A client list of a hundred thousand rows from a workbook into an empty branch.

The limit reads with calamine and inserts with the bare driver: the same columns, the same search
texts and grams, the history written by the same triggers.
"""

from __future__ import annotations

import shutil
import time
import uuid
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from advisorcrm.columns import CodeBook
from advisorcrm.imports.client_list import ClientListFile, read_client_list
from advisorcrm.imports.planning import plan_import
from advisorcrm.imports.storing import apply_import
from advisorcrm.rules.pinyin import name_readings
from advisorcrm.rules.search_grams import grams_of, haystack
from advisorcrm.services.branch.code_lists import load_code_book
from advisorcrm.terms import PointKind
from tests.bench import raw, workload
from tests.bench.branch import BUILD, Branch, branch_of
from tests.bench.figures import Figure

WORK = "import of a client list from xlsx"
BOUND = 1.5
_LARGEST = 100_000
_ROUNDS = 2
_AT = "2026-11-20 06:20:00.000000"
_RISK = {f"C{level}": f"C{level}" for level in range(1, 6)}

FIELDS = (
    "client_no", "account", "name", "sex", "tier", "trading_habit", "service_need",
    "commission_ppm", "assets_fen", "investment_preference", "mobile", "email", "address",
    "convenient_time", "contact_every_days", "risk_level", "risk_tested_on", "risk_expires_on",
    "id_expires_on", "birthday", "occupation", "hobbies", "personality", "opened_on", "remark",
)  # fmt: skip
HEADINGS = (
    "客户号", "资金账号", "客户姓名", "性别", "客户类型", "交易习惯", "服务需求", "佣金（‰）",
    "总资产（元）", "投资偏好", "手机", "电子邮箱", "联系地址", "方便时间", "约定联系频率",
    "风险等级", "风险测评日期", "风险测评到期日", "证件有效期", "生日", "职业", "爱好", "性格",
    "开户日期", "备注",
)  # fmt: skip


def measure(branches: Sequence[Branch], tell: Callable[[str], None]) -> list[Figure]:
    """Figures for every size a workbook holds."""
    empty = branch_of(0, tell)
    sizes = sorted({min(branch.count, _LARGEST) for branch in branches})
    return [_measure(empty, count, tell) for count in sizes]


def _measure(empty: Branch, count: int, tell: Callable[[str], None]) -> Figure:
    database = empty.sign_in()
    book = database.read(load_code_book)
    database.close()
    workbook = workbook_of(count, book, tell)
    product, limit = [], []
    for turn in range(_ROUNDS):
        for call, took in ((_import, product), (_import_raw, limit)):
            with _copy_of(empty, f"import_{turn}") as copy:
                start = time.perf_counter()
                call(copy, workbook, book)
                took.append(time.perf_counter() - start)
                _check(copy, count)
    return Figure(WORK, count, min(product), min(limit), "s", BOUND)


class _copy_of:  # noqa: N801 - reads as what it does
    """An empty branch to be filled once."""

    def __init__(self, branch: Branch, name: str) -> None:
        self._branch = branch
        self._path = BUILD / f"{name}.db"

    def __enter__(self) -> Branch:
        shutil.copyfile(self._branch.path, self._path)
        shutil.copyfile(self._branch.path.with_suffix(".vault"), self._path.with_suffix(".vault"))
        return Branch(0, self._path)

    def __exit__(self, *_error: object) -> None:
        for left in BUILD.glob(f"{self._path.stem}.*"):
            left.unlink()


def _check(branch: Branch, count: int) -> None:
    """Both sides must have stored every client with its search text and its history."""
    database = branch.sign_in()
    connection = raw.connect(branch.path, database.key)
    found = [
        connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
        for table in (
            "client", "client_search", "client_gram", "change_history WHERE table_name = 'client'"
        )
    ]  # fmt: skip
    connection.close()
    database.close()
    if found != [count] * 4:
        raise AssertionError(f"{count} rows were imported as {found}")


def _import(branch: Branch, workbook: Path, book: CodeBook) -> None:
    database = branch.sign_in()
    sheet = read_client_list(ClientListFile(workbook, book, workload.TODAY))
    plan = database.read(partial(plan_import, sheet=sheet))
    database.write(partial(apply_import, plan=plan, now=workload.NOW))
    database.close()


def _import_raw(branch: Branch, workbook: Path, book: CodeBook) -> None:
    import python_calamine

    database = branch.sign_in()  # both sides open the file with the password
    connection = raw.connect(branch.path, database.key)
    database.close()
    rows = python_calamine.CalamineWorkbook.from_path(str(workbook)).get_sheet_by_index(0)
    connection.execute("BEGIN IMMEDIATE")
    _insert_raw(connection, rows.to_python(skip_empty_area=True)[1:], book)
    connection.execute("COMMIT")
    connection.close()


_STORED = (
    "id", "uuid", "pinyin", "initials", "client_no", "account", "name", "sex", "tier",
    "trading_habit", "service_need", "commission_ppm", "assets_fen", "investment_preference",
    "address", "convenient_time", "contact_every_days", "risk_level", "risk_tested_on",
    "risk_expires_on", "id_expires_on", "birthday", "occupation", "hobbies", "personality",
    "opened_on", "remark", "birthday_month_day",
)  # fmt: skip
_CLIENT = f"""INSERT INTO client ({", ".join(_STORED)}, alias, kind, stage, id_is_permanent,
lunar_is_leap, birthday_kept, created_at, updated_at, version)
VALUES ({", ".join("?" * len(_STORED))}, '', 'person', 'active', 0, 0, 'solar', '{_AT}', '{_AT}', 1)
"""
_POINT = """INSERT INTO contact_point (client_id, kind, value, validity, position, note, version)
VALUES (?, ?, ?, 'unverified', ?, '', 1)"""


def _insert_raw(connection: Any, rows: list[list[Any]], book: CodeBook) -> None:
    codes = [
        {label: code for code, (label, _english) in book.lists[name].items()}
        for name in ("tier", "trading_habit", "service_need")
    ]
    clients, points, texts, grams = [], [], [], []
    for key, row in enumerate(rows, 1):
        (no, account, name, sex, tier, habit, need, commission, assets, preference, mobile, email,
         address, hours, every, risk, tested, expires, id_expires, birthday, job, hobby, nature,
         opened, remark) = row  # fmt: skip
        readings = name_readings(name)
        clients.append((
            key, str(uuid.uuid4()), readings.full, readings.initials, no, account, name,
            "male" if sex == "男" else "female", codes[0].get(tier), codes[1].get(habit),
            codes[2].get(need), round(commission * 1000), round(assets * 100), preference, address,
            hours, int(every) if every else None, risk[:2], tested.isoformat(),
            expires.isoformat(), id_expires.isoformat(), birthday.isoformat(), job, hobby, nature,
            opened.isoformat(), remark, f"{birthday:%m-%d}",
        ))  # fmt: skip
        points.append((key, "mobile", mobile, 0))
        if email:
            points.append((key, "email", email, 1))
        hay = haystack([name], [readings.initials], [readings.full], [account, no, mobile])
        texts.append((key, hay.names_and_initials, hay.pinyin, hay.numbers))
        grams.append((key, " ".join(grams_of(hay))))
    connection.executemany(_CLIENT, clients)
    connection.executemany(_POINT, points)
    connection.executemany("INSERT INTO client_search VALUES (?, ?, ?, ?)", texts)
    connection.executemany("INSERT INTO client_gram (rowid, grams) VALUES (?, ?)", grams)


def workbook_of(count: int, book: CodeBook, tell: Callable[[str], None]) -> Path:
    """The list as a branch would get it from its counter system; made once."""
    path = BUILD / f"clients_{count}_{_FORMAT}.xlsx"
    if path.exists():
        return path
    tell(f"writing a workbook of {count:,} clients")
    draft = path.with_suffix(".part")
    write_rows(draft, HEADINGS, _sheet_rows(count, book))
    draft.replace(path)
    return path


_FORMAT = 1
"""Counts up when the content of the workbook changes."""


def write_rows(path: Path, headings: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """openpyxl's fastest way: rows that are written and forgotten."""
    from openpyxl import Workbook

    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet("客户")
    sheet.append(list(headings))
    for row in rows:
        sheet.append(list(row))
    workbook.save(path)


def _sheet_rows(count: int, book: CodeBook) -> Iterable[list[object]]:
    for client in islice(workload.clients(count), count):
        points = dict(reversed(client["points"]))
        values = {
            **client,
            "mobile": points.get(PointKind.MOBILE, ""),
            "email": points.get(PointKind.EMAIL, ""),
            "sex": client["sex"].label_zh,
            "commission_ppm": client["commission_ppm"] / 1000,
            "assets_fen": client["assets_fen"] / 100,
            "risk_level": client["risk_level"].label_zh,
        }
        for name in ("tier", "trading_habit", "service_need"):
            values[name] = book.label_zh(name, client[name])
        yield [_cell(values[name]) for name in FIELDS]


def _cell(value: object) -> object:
    return value if isinstance(value, (str, int, float, date)) else ""
