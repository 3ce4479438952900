"""The dry run: what an import would do, compared with what is there."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import event, select

from advisorcrm.db.actor import Actor
from advisorcrm.db.database import Database
from advisorcrm.errors import ImportRejectedError, InvalidFieldError, NotAllowedError
from advisorcrm.imports.import_plan import ImportPlan, ImportRules, PlannedRow, figures_of
from advisorcrm.imports.planning import plan_import
from advisorcrm.models import Client
from advisorcrm.services.branch.users import create_user
from advisorcrm.terms import BirthdayKept, ClientStage, ImportResult, ImportRule, PointKind, Role
from tests.conftest import NOW
from tests.factories import People, make_client, set_parameter
from tests.imports.sheets import recognised

HEAD = ["客户姓名", "资金账号", "手机", "备注"]


def known(database: Database, owner: Actor | None, **fields: Any) -> int:
    """A client that is there before the import."""
    values = {"name": "样甲", "account": "990001", "mobile": "13900000001", **fields}
    return database.write(lambda session, _actor: make_client(session, owner, **values))


def planned(
    database: Database,
    actor: Actor,
    *rows: list[Any],
    rule: ImportRule | ImportRules = ImportRule.FILL_BLANKS,
    advisor: str | None = None,
) -> ImportPlan:
    """The dry run of a sheet in memory."""
    sheet = recognised(*rows)
    return database.acting_as(actor).read(
        lambda session, who: plan_import(session, who, sheet, rule, default_advisor_no=advisor)
    )


def single(plan: ImportPlan) -> PlannedRow:
    (row,) = plan.rows
    return row


def test_an_unknown_account_is_a_new_client_of_the_importing_advisor(
    database: Database, people: People
) -> None:
    row = single(planned(database, people.advisor, HEAD, ["样甲", "990001", "", "好"]))
    assert row.result is ImportResult.NEW
    assert row.record["advisor_id"] == people.advisor.user_id
    assert (row.name, row.account) == ("样甲", "****0001")


def test_the_same_name_with_another_account_is_another_client(
    database: Database, people: People
) -> None:
    known(database, people.advisor)
    plan = planned(
        database, people.advisor, HEAD, ["样甲", "990002", "", ""], ["样甲", "990003", "", ""]
    )
    assert plan.counts[ImportResult.NEW] == 2


def test_the_same_row_again_changes_nothing(database: Database, people: People) -> None:
    known(database, people.advisor, remark="好")
    for rule in ImportRule:
        row = single(
            planned(database, people.advisor, HEAD, ["样甲", "990001", "13900000001", "好"],
                    rule=rule)
        )  # fmt: skip
        assert (row.result, row.changes) == (ImportResult.UNCHANGED, ())


@pytest.mark.parametrize(
    ("rule", "remark", "occupation"),
    [
        (ImportRule.FILL_BLANKS, None, "教师"),
        (ImportRule.OVERWRITE, "新的", "教师"),
        (ImportRule.SKIP, None, None),
    ],
)
def test_the_rule_decides_what_a_known_client_gets(
    database: Database,
    people: People,
    rule: ImportRule,
    remark: str | None,
    occupation: str | None,
) -> None:
    known(database, people.advisor, remark="旧的")
    row = single(
        planned(database, people.advisor, [*HEAD, "职业"], ["样甲", "990001", "", "新的", "教师"],
                rule=rule)
    )  # fmt: skip
    assert (row.record.get("remark"), row.record.get("occupation")) == (remark, occupation)


def test_a_rule_may_hold_for_one_field_only(database: Database, people: People) -> None:
    known(database, people.advisor, remark="旧的", occupation="医生")
    rules = ImportRules(ImportRule.SKIP, {"remark": ImportRule.OVERWRITE})
    row = single(
        planned(database, people.advisor, [*HEAD, "职业"], ["样甲", "990001", "", "新的", "教师"],
                rule=rules)
    )  # fmt: skip
    assert row.record == {"remark": "新的"}


def test_a_blank_cell_never_erases(database: Database, people: People) -> None:
    known(database, people.advisor, remark="旧的", tier="gold")
    row = single(
        planned(database, people.advisor, [*HEAD, "客户类型"], ["样甲", "990001", "", "", ""],
                rule=ImportRule.OVERWRITE)
    )  # fmt: skip
    assert row.result is ImportResult.UNCHANGED


def test_changes_are_shown_masked(database: Database, people: People) -> None:
    known(database, people.advisor, assets_fen=619_040_000, commission_ppm=800, tier="gold",
          mobile=None)  # fmt: skip
    row = single(
        planned(
            database, people.advisor, ["客户姓名", "资金账号", "手机", "总资产", "佣金(‰)", "客户类型"],
            ["样甲", "990001", "13900000009", "6284000", "0.25", "白金卡"], rule=ImportRule.OVERWRITE,
        )
    )  # fmt: skip
    assert {(change.label, change.old, change.new) for change in row.changes} == {
        ("总资产", "619.0 万", "628.4 万"), ("佣金现状", "0.8‰", "0.25‰"),
        ("客户类型", "金卡", "白金卡"), ("联系方式", "", "139****0009"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (["样乙", "990001", "13900000001", ""], "文件姓名为 样乙，系统里是 样甲"),
        (["样甲", "990001", "13900000002", ""], "电话与系统里的不同"),
    ],
)
def test_a_key_that_collides_is_left_to_a_person(
    database: Database, people: People, row: list[str], words: str
) -> None:
    known(database, people.advisor)
    found = single(planned(database, people.advisor, HEAD, row, rule=ImportRule.OVERWRITE))
    assert found.result is ImportResult.UNDECIDED
    assert words in found.reason
    assert (found.record, found.column) == ({}, "资金账号")


def test_a_further_number_beside_a_known_one_is_no_collision(
    database: Database, people: People
) -> None:
    known(database, people.advisor)
    cells = ["样 甲", "990001", "13900000001、13900000002", ""]
    row = single(planned(database, people.advisor, HEAD, cells, rule=ImportRule.OVERWRITE))
    assert row.record["points"] == [(PointKind.MOBILE, "13900000002")]
    row = single(planned(database, people.advisor, HEAD, cells))
    assert row.result is ImportResult.UNCHANGED


def test_account_and_number_of_two_clients_are_left_to_a_person(
    database: Database, people: People
) -> None:
    known(database, people.advisor)
    known(database, people.advisor, name="样乙", account="990002", client_no="LSL-0777")
    head = ["客户姓名", "客户号", "资金账号"]
    row = single(planned(database, people.advisor, head, ["样甲", "LSL-0777", "990001"]))
    assert (row.result, "两位" in row.reason) == (ImportResult.UNDECIDED, True)
    assert row.column == "资金账号"
    row = single(planned(database, people.advisor, head, ["样乙", "LSL-0777", "990009"]))
    assert (row.result, row.column) == (ImportResult.UNDECIDED, "客户号")


def test_a_masked_account_is_found_by_the_client_number(database: Database, people: People) -> None:
    known(database, people.advisor, client_no="LSL-0777")
    head = ["客户姓名", "客户号", "资金账号", "手机", "职业"]
    row = single(
        planned(database, people.advisor, head,
                ["样*", "LSL-0777", "****0001", "139****0001", "教师"])
    )  # fmt: skip
    assert row.record == {"occupation": "教师"}


def test_the_second_row_with_an_account_names_the_first(database: Database, people: People) -> None:
    plan = planned(
        database, people.advisor, HEAD,
        ["样甲", "990001", "", ""], ["样甲", "990001", "", ""], ["样乙", "990001", "", ""],
    )  # fmt: skip
    assert [row.result for row in plan.rows] == [
        ImportResult.NEW, ImportResult.FAILED, ImportResult.UNDECIDED,
    ]  # fmt: skip
    assert "第 2 行" in plan.rows[1].reason
    assert "第 2 行" in plan.rows[2].reason
    assert [one.column for one in figures_of(plan).doubts] == ["资金账号"]


def test_a_failed_row_does_not_use_its_account_up(database: Database, people: People) -> None:
    plan = planned(
        database, people.advisor, HEAD,
        ["样甲", "990001", "139", ""], ["样甲", "990001", "13900000001", ""],
    )  # fmt: skip
    assert [row.result for row in plan.rows] == [ImportResult.FAILED, ImportResult.NEW]


def test_an_advisor_imports_own_clients_only(database: Database, people: People) -> None:
    known(database, people.colleague)
    head = [*HEAD, "客服专员"]
    plan = planned(
        database, people.advisor, head,
        ["样甲", "990001", "13900000001", "", ""],
        ["样乙", "990002", "", "", "周岚"],
        ["样丙", "990003", "", "", "林若溪"],
    )  # fmt: skip
    assert [row.result for row in plan.rows] == [
        ImportResult.FAILED, ImportResult.FAILED, ImportResult.NEW,
    ]  # fmt: skip
    assert "周岚" not in plan.rows[0].reason
    assert "样甲" not in plan.rows[0].reason
    assert plan.rows[1].faults[0].column == "客服专员"


def test_a_manager_imports_for_the_branch_and_the_column_wins(
    database: Database, people: People
) -> None:
    known(database, people.colleague)
    head = [*HEAD, "客服专员"]
    plan = planned(
        database, people.manager, head,
        ["样甲", "990001", "13900000001", "好", ""],
        ["样乙", "990002", "", "", "周岚"],
        ["样丙", "990003", "", "", "lsl0042"],
        ["样丁", "990004", "", "", ""],
        advisor="LSL0042",
    )  # fmt: skip
    assert [row.result for row in plan.rows] == [ImportResult.UPDATED, *[ImportResult.NEW] * 3]
    assert [row.record["advisor_id"] for row in plan.rows[1:]] == [
        people.colleague.user_id, people.advisor.user_id, people.advisor.user_id,
    ]  # fmt: skip


def test_without_an_option_a_blank_advisor_stays_blank(database: Database, people: People) -> None:
    row = single(planned(database, people.manager, HEAD, ["样甲", "990001", "", ""]))
    assert row.record["advisor_id"] is None


def test_an_advisor_that_nobody_knows_or_two_share_is_refused(
    database: Database, people: People
) -> None:
    database.write(
        lambda session, _actor: create_user(session, "LSL0044", name="周岚", role=Role.ADVISOR)
    )
    plan = planned(
        database, people.manager, [*HEAD, "客服专员"],
        ["样甲", "990001", "", "", "无名"], ["样乙", "990002", "", "", "周岚"],
        ["样丙", "990003", "", "", "周岚（LSL0043）"],
    )  # fmt: skip
    assert [row.result for row in plan.rows] == [
        ImportResult.FAILED, ImportResult.FAILED, ImportResult.NEW,
    ]  # fmt: skip
    assert "请填工号" in plan.rows[1].reason
    assert plan.rows[2].record["advisor_id"] == people.colleague.user_id


@pytest.mark.parametrize(
    "written", ["LSL0043 周岚", "周岚/LSL0043", "LSL0043周岚", "周岚（LSL0043）", "lsl0043"]
)
def test_an_advisor_is_known_by_the_number_beside_the_name(
    database: Database, people: People, written: str
) -> None:
    row = single(
        planned(database, people.manager, [*HEAD, "客服专员"], ["样甲", "990001", "", "", written])
    )
    assert row.record["advisor_id"] == people.colleague.user_id


def test_a_number_and_a_name_of_two_people_are_not_guessed(
    database: Database, people: People
) -> None:
    plan = planned(
        database, people.manager, [*HEAD, "客服专员", "客服专员工号"],
        ["样甲", "990001", "", "", "林若溪", "LSL0043"], ["样乙", "990002", "", "", "周岚", "LSL0043"],
        ["样丙", "990003", "", "", "旧名字", "LSL0043"],
    )  # fmt: skip
    assert [row.result for row in plan.rows] == [
        ImportResult.FAILED, ImportResult.NEW, ImportResult.NEW,
    ]  # fmt: skip
    assert "不是林若溪" in plan.rows[0].reason


def test_people_who_may_not_import_are_refused(database: Database, people: People) -> None:
    for actor in (people.leader, people.desk, people.office, people.administrator):
        with pytest.raises(NotAllowedError):
            planned(database, actor, HEAD, ["样甲", "990001", "", ""])
    with pytest.raises(NotAllowedError):
        planned(database, people.advisor, HEAD, ["样甲", "990001", "", ""], advisor="LSL0043")
    with pytest.raises(InvalidFieldError):
        planned(database, people.manager, HEAD, ["样甲", "990001", "", ""], advisor="LSL9999")


def test_an_archived_client_is_not_brought_back_by_a_file(
    database: Database, people: People
) -> None:
    known(database, people.advisor, archived_at=NOW)
    plan = planned(
        database, people.advisor, HEAD, ["样甲", "990001", "", "好"], ["样乙", "990002", "", ""]
    )
    assert plan.rows[0].result is ImportResult.FAILED


def test_a_contact_without_account_is_matched_by_name_and_telephone(
    database: Database, people: People
) -> None:
    known(database, people.advisor, account=None, mobile="13900000001")
    known(database, people.advisor, name="样戊", account=None, mobile=None)
    head = ["姓名", "手机", "职业"]
    plan = planned(
        database, people.advisor, head,
        ["样甲", "13900000001", "教师"],
        ["样乙", "13900000001", "教师"],
        ["样甲", "13900000002", "教师"],
        ["样甲", "", "教师"],
        ["样戊", "13900000005", "教师"],
        ["样己", "13900000006", "教师"],
    )  # fmt: skip
    assert [row.result for row in plan.rows] == [
        ImportResult.UPDATED, ImportResult.UNDECIDED, ImportResult.NEW, ImportResult.UNDECIDED,
        ImportResult.UNDECIDED, ImportResult.NEW,
    ]  # fmt: skip
    assert plan.rows[5].record["stage"] is ClientStage.PROSPECT
    doubts = [(one.row, one.column) for one in figures_of(plan).doubts]
    assert doubts == [(3, "手机"), (5, "姓名"), (6, "姓名")]


def test_people_of_one_office_or_family_share_a_landline_and_are_no_doubt(
    database: Database, people: People
) -> None:
    points = [(PointKind.MOBILE, "13900000001"), (PointKind.LANDLINE, "021-63210000")]
    known(database, people.advisor, account=None, mobile=None, points=points)
    plan = planned(
        database, people.advisor, ["姓名", "手机", "单位电话"],
        ["样甲", "", "021-63210000"],
        ["样乙", "13900000002", "021-63210000"],
        ["样丙", "", "021-63210000"],
        ["样丁", "13900000001", "021-63210000"],
    )  # fmt: skip
    assert [row.result for row in plan.rows] == [
        ImportResult.UNCHANGED, ImportResult.NEW, ImportResult.NEW, ImportResult.UNDECIDED,
    ]  # fmt: skip


def test_a_lunar_birthday_brings_the_calendar_that_is_kept(
    database: Database, people: People
) -> None:
    known(database, people.advisor, birthday=date(1964, 11, 18))
    head = ["客户姓名", "资金账号", "农历生日", "过生日"]
    row = single(planned(database, people.advisor, head, ["样甲", "990001", "十月十五", "过农历"]))
    assert row.record == {
        "lunar_month": 10, "lunar_day": 15, "lunar_is_leap": False,
        "birthday_kept": BirthdayKept.LUNAR,
    }  # fmt: skip


def test_a_day_without_year_does_not_replace_a_full_date(
    database: Database, people: People
) -> None:
    known(database, people.advisor, birthday=date(1964, 11, 18))
    row = single(
        planned(database, people.advisor, ["客户姓名", "资金账号", "生日"],
                ["样甲", "990001", "3月5日"], rule=ImportRule.OVERWRITE)
    )  # fmt: skip
    assert row.result is ImportResult.UNCHANGED


def test_line_ends_and_the_order_of_choices_are_no_change(
    database: Database, people: People
) -> None:
    known(database, people.advisor, remark="一\r二", trading_way=("mobile", "on_site"))
    row = single(
        planned(database, people.advisor, [*HEAD, "交易方式"],
                ["样甲", "990001", "", "一\n二", "现场、手机"], rule=ImportRule.OVERWRITE)
    )  # fmt: skip
    assert row.result is ImportResult.UNCHANGED


def test_a_file_without_one_usable_row_is_refused(database: Database, people: People) -> None:
    with pytest.raises(ImportRejectedError, match="没有一行可以导入"):
        planned(database, people.advisor, HEAD, ["样甲", "990001", "139", ""])


def test_a_sheet_of_figures_alone_updates_and_never_invents(
    database: Database, people: People
) -> None:
    known(database, people.advisor)
    plan = planned(database, people.advisor, ["ZJZH", "ZZC"], ["990001", 100.0], ["990002", 200.0])
    assert [row.result for row in plan.rows] == [ImportResult.UPDATED, ImportResult.FAILED]
    assert "没有姓名" in plan.rows[1].reason


def test_a_dry_run_writes_nothing(database: Database, people: People) -> None:
    plan = planned(database, people.advisor, HEAD, ["样甲", "990001", "", ""])
    assert figures_of(plan).new == 1
    assert database.read(lambda session, _actor: session.scalar(select(Client.id))) is None


def test_comparing_costs_as_many_queries_for_many_rows_as_for_few(
    file_database: Database, file_people: People
) -> None:
    def count_for(rows: int) -> int:
        statements: list[str] = []

        def note(_c: Any, _cursor: Any, statement: str, *_more: Any) -> None:
            statements.append(statement)

        engine = file_database._reading
        event.listen(engine, "before_cursor_execute", note)
        try:
            planned(
                file_database, file_people.advisor, HEAD,
                *[[f"样{number}", f"99{number:04}", "", ""] for number in range(rows)],
            )  # fmt: skip
        finally:
            event.remove(engine, "before_cursor_execute", note)
        return len(statements)

    known(file_database, file_people.advisor)
    assert count_for(3) == count_for(300)


def test_a_date_of_expiry_ends_what_was_for_ever(database: Database, people: People) -> None:
    known(database, people.advisor, id_is_permanent=True)
    head = ["客户姓名", "资金账号", "证件有效期"]
    cells = ["样甲", "990001", "2030-01-01"]
    row = single(planned(database, people.advisor, head, cells, rule=ImportRule.OVERWRITE))
    assert row.record == {"id_expires_on": date(2030, 1, 1), "id_is_permanent": False}
    row = single(planned(database, people.advisor, head, cells))
    assert row.result is ImportResult.UNCHANGED


def test_a_file_that_the_client_had_restricted_is_not_changed(
    database: Database, people: People
) -> None:
    known(database, people.advisor, is_restricted=True)
    halted, new = planned(
        database, people.advisor, HEAD, ["样甲", "990001", "13900000001", "好"],
        ["样乙", "990002", "13900000002", "好"],
    ).rows  # fmt: skip
    assert (halted.result, new.result) == (ImportResult.FAILED, ImportResult.NEW)
    assert "限制处理" in halted.reason


@pytest.mark.req("R146")
def test_a_risk_test_of_a_file_counts_no_longer_than_one_entered_by_hand(
    database: Database, people: People
) -> None:
    set_parameter(database, people, "risk_test_months", "12")
    held = {"risk_tested_on": date(2025, 3, 1), "risk_expires_on": date(2027, 3, 1)}
    known(database, people.advisor, **held)
    head = ["客户姓名", "资金账号", "风险测评日期", "测评到期日"]
    same, longer, earlier, allowed = planned(
        database, people.advisor, head, ["样甲", "990001", "2025-03-01", "2027-03-01"],
        ["样乙", "990002", "2026-01-05", "2027-01-06"],
        ["样丙", "990003", "2026-01-05", "2026-01-04"],
        ["样丁", "990004", "2026-01-05", "2027-01-05"], rule=ImportRule.OVERWRITE,
    ).rows  # fmt: skip
    assert same.result is ImportResult.UNCHANGED  # what the file holds is not judged again
    assert allowed.result is ImportResult.NEW
    (fault,) = longer.faults
    assert (fault.row, fault.column) == (3, "测评到期日")
    assert "12 个月，到期日最晚 2027-01-05" in fault.reason
    assert "早于测评日期" in earlier.reason
    rows = (["样甲", "990001", "2026-03-02"], ["样戊", "990005", "2026-03-02"])
    moved, _new = planned(
        database, people.advisor, ["客户姓名", "资金账号", "测评到期日"], *rows,
        rule=ImportRule.OVERWRITE,
    ).rows  # fmt: skip
    assert "最晚 2026-03-01" in moved.reason  # against the day the client's file holds
