"""The part of the tour before anybody has signed in: the first run and the sign-in."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from advisorcrm.columns import branch_date
from advisorcrm.i18n import _
from advisorcrm.rules.plain_dates import day_label
from advisorcrm.services.branch.branches import BranchInfo
from advisorcrm.views.first_run.wizard import FirstRunWizard
from advisorcrm.views.remembered import remember
from advisorcrm.views.sign_in.login_window import LoginInfo, LoginWindow

if TYPE_CHECKING:
    from advisorcrm.cli.tour.guide import TourGuide

_SHORT_PHONE, _ADMINISTRATOR = "0531-869511", "秦越"  # chinese: data


def visit_entrance(guide: TourGuide, size: tuple[int, int], branch: BranchInfo) -> None:
    """The branch as it is typed, with one number too short, and a password that was wrong."""
    wizard = FirstRunWizard(str(guide.home / "new.db"))
    wizard.resize(*size)
    wizard.show()
    wizard.next_step()
    wizard.next_step()
    step = wizard.steps[2]
    step.fill({name: str(value) for name, value in asdict(branch).items()})
    step.fields["complaint_phone"].set_value(_SHORT_PHONE)
    step.check()
    wizard.go_to_missing()
    guide.picture("13-first-run", wizard)
    wizard.close()
    wizard.deleteLater()
    _sign_in(guide, size, branch)


def _sign_in(guide: TourGuide, size: tuple[int, int], branch: BranchInfo) -> None:
    remember("login/name", "林若溪")  # chinese: data
    today = branch_date(guide.now)
    day = day_label(today.isoformat(), today)
    info = LoginInfo(branch=branch.name, place="branch_lsl.db", day=day, version="0.1.0")
    login = LoginWindow(info)
    login.resize(*size)
    login.show()
    login.number.setText("LSL0042")
    login.password.setText("12345678")
    failure = _("工号或密码不对。还可试 {count} 次。").format(count=4)
    remedy = _("{failure}忘记密码请找系统管理员 {name}。").format(
        failure=failure, name=_ADMINISTRATOR
    )
    login.show_failure(remedy, wait_seconds=5)
    guide.picture("14-login", login)
    login.close()
    login.deleteLater()
