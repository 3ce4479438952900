"""The branch of the tour: its invented people and clients, and what they did before."""

from __future__ import annotations

import csv
from datetime import datetime
from functools import partial
from pathlib import Path

from advisorcrm.cli.tour.calendar import make_appointments
from advisorcrm.cli.tour.callbacks import plan_callbacks
from advisorcrm.cli.tour.day_end import end_day
from advisorcrm.cli.tour.fields import define_fields, fill_fields
from advisorcrm.cli.tour.file_changes import change_file
from advisorcrm.cli.tour.imports import import_beforehand
from advisorcrm.cli.tour.meetings import make_meetings
from advisorcrm.cli.tour.samples import make_samples
from advisorcrm.cli.tour.tasks import make_tasks
from advisorcrm.services.branch.branches import BranchInfo
from advisorcrm.services.seats.client_rooms import NewRoom, add_room
from advisorcrm.services.workplace.desk import NewUser, set_up
from advisorcrm.services.workplace.sample_data import fill_with_samples
from advisorcrm.services.workplace.workplace import Workplace, sign_in_at
from advisorcrm.terms import Role

ADMINISTRATOR, MANAGER, ADVISOR = "LSL0001", "LSL0010", "LSL0042"
_PASSWORD = "tour-password"  # noqa: S105 - of a branch that lives for a minute
# chinese: data (invented people of an invented branch)
_PEOPLE = (
    NewUser("LSL0001", "秦越", Role.ADMINISTRATOR, _PASSWORD),
    NewUser("LSL0010", "方静", Role.MANAGER, _PASSWORD),
    NewUser("LSL0045", "周岚", Role.ADVISOR, _PASSWORD, ("第一客户组",)),  # chinese: data
    NewUser("LSL0042", "林若溪", Role.ADVISOR, _PASSWORD, ("第二客户组",)),  # chinese: data
)
BRANCH = BranchInfo(  # chinese: data
    name="历山路证券营业部",
    company="示例证券",
    code="LSL",
    short_name="历山路",
    address="济南市历下区历山路 136 号 3 层",
    postcode="250014",
    phone="0531-86951100",
    complaint_phone="0531-86951111",
    manager_name="方静",
    form_footer="投资决策由客户作出，本表仅供营业部内部使用。",
)
_SHEET = (  # chinese: data
    ("客户姓名", "资金账号", "手机", "客户类型", "总资产（万元）", "佣金现状", "备注"),
    ("何健康", "010000006037", "13900010037", "金卡", "186.43", "万8", "柜台转来"),
    ("陆小满", "010000006045", "139-0001-0045", "银卡", "52.10", "0.80‰", ""),
    ("赵立欣", "010000006052", "13900010", "金卡", "109.6", "万10", "电话少几位"),
    ("孙晓桐", "1.00E+11", "13900010060", "金卡", "104.8", "万12", "账号被改成科学计数"),
    ("温若水", "010000006068", "13900010068", "钻石卡", "--", "万5", "类型不认识"),
)


class TourBranch:
    """Everybody of the branch who signs in, and the list that waits to be imported."""

    def __init__(self, home: Path, now: datetime) -> None:
        self._home = home
        self._now = now
        self._place = str(home / "branch_lsl.db")
        set_up(self._place, BRANCH, _PEOPLE)
        self.manager = self._sign_in(MANAGER)
        room = NewRoom("二楼大户室", 4, 6)  # chinese: data
        self.manager.database.write(partial(add_room, new=room))  # the samples sit in it
        self.advisor = self._sign_in(ADVISOR)
        self.administrator = self._sign_in(ADMINISTRATOR)
        self.sheet = self._write_sheet()

    def fill(self) -> None:
        """Let the people have done their work up to now."""
        advisor, manager, now = self.advisor, self.manager, self._now
        advisor.database.write(
            partial(fill_with_samples, advisor_id=advisor.actor.user_id, now=now)
        )
        import_beforehand(advisor, self._home, now)
        change_file(advisor, now)
        define_fields(manager)
        fill_fields(advisor, now)
        make_tasks(advisor, manager, now)
        make_appointments(advisor, now)
        end_day(advisor, manager, now)
        plan_callbacks(manager, now)
        make_meetings(manager, now)
        make_samples(advisor, manager, now)

    def lock(self) -> None:
        """Everybody leaves."""
        for workplace in (self.advisor, self.manager, self.administrator):
            workplace.lock()

    def _sign_in(self, number: str) -> Workplace:
        return sign_in_at(self._place, number, _PASSWORD)

    def _write_sheet(self) -> Path:
        path = self._home / "khmx_20261119.csv"
        with path.open("w", encoding="gb18030", newline="") as file:
            csv.writer(file).writerows(_SHEET)
        return path
