"""Step 4: the administrator, who sees no client, and the first person who works with clients."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QLineEdit

from advisorcrm.i18n import _
from advisorcrm.services.workplace.desk import NewUser
from advisorcrm.terms import Role
from advisorcrm.views.first_run.step import Step, grid
from advisorcrm.views.sign_in.password_line import PasswordLine, eye_for
from advisorcrm.views.widgets.card import Card
from advisorcrm.views.widgets.combo_box import ComboBox
from advisorcrm.views.widgets.field import Field, Judge, Verdict
from advisorcrm.views.widgets.level import Level

_SHORTEST = 8
_SECRET = ("admin_password", "admin_again", "first_password", "first_again")


class PeopleStep(Step):
    """Two accounts; their passwords are kept nowhere but in the vault."""

    def __init__(self) -> None:
        super().__init__()
        self._secrets: dict[str, PasswordLine] = {}
        self.title = _("管理员与第一位用户")
        self.remark = _("管理员管账号和备份，看不到客户资料；第一位用户开始录入和导入客户。")
        self.role = ComboBox([(str(role), role.label) for role in (Role.MANAGER, Role.ADVISOR)])
        self._add_person("admin", _("系统管理员"), _("管账号、备份和恢复"))
        self._add_person("first", _("第一位用户"), _("客服经理或客服专员"), role=self.role)
        self.body.addStretch(1)

    def people(self) -> tuple[NewUser, ...]:
        """Administrator first, then the first user."""
        group = self.fields["first_group"].value()
        first = self._person("first", Role(self.role.code()), groups=(group,) if group else ())
        return self._person("admin", Role.ADMINISTRATOR), first

    def summary(self) -> str:
        """Both names."""
        names = [self.fields[f"{who}_name"].value() for who in ("admin", "first")]
        return _("、").join(name for name in names if name) or _("待填")

    def values(self) -> dict[str, str]:
        """Everything but the passwords."""
        kept = super().values()
        return {name: value for name, value in kept.items() if name not in _SECRET}

    def suggest_manager(self, name: str) -> None:
        """The manager named in step 3 gets the first account."""
        if name and not self.fields["first_name"].value():
            self.fields["first_name"].set_value(name)

    def _add_person(self, who: str, title: str, sub: str, *, role: ComboBox | None = None) -> None:
        card = Card(title, sub=sub)
        number = self._line(f"{who}_no", _("工号"), self._judge_number)
        name = self._line(f"{who}_name", _("姓名"))
        password = self._secret(f"{who}_password", _("密码"), judge_password)
        again = self._secret(f"{who}_again", _("再输一次"), partial(self._judge_again, who))
        rows = [((number, 6), (name, 6)), ((password, 6), (again, 6))]
        if role is not None:
            chosen = self.add_field(f"{who}_role", Field(_("角色"), role, required=True))
            hint = _("可空，例如 第二客户组")
            group = self.add_field(f"{who}_group", Field(_("客户组"), QLineEdit(), hint=hint))
            rows.insert(1, ((chosen, 6), (group, 6)))
        card.body.addLayout(grid(*rows))
        self.body.addWidget(card)

    def _line(self, name: str, label: str, judge: Judge | None = None) -> Field:
        return self.add_field(name, Field(label, QLineEdit(), required=True, judge=judge))

    def _secret(self, name: str, label: str, judge: Judge) -> Field:
        line = PasswordLine(label)
        field = Field(label, line, required=True, judge=judge)
        field.add_beside(eye_for(line))
        self._secrets[name] = line
        return self.add_field(name, field)

    def _person(self, who: str, role: Role, *, groups: tuple[str, ...] = ()) -> NewUser:
        value = {name: field.value() for name, field in self.fields.items()}
        return NewUser(
            employee_no=value[f"{who}_no"],
            name=value[f"{who}_name"],
            role=role,
            password=self._secrets[f"{who}_password"].text(),
            groups=groups,
        )

    def _judge_number(self, text: str) -> Verdict | None:
        numbers = [self.fields[f"{who}_no"].value().upper() for who in ("admin", "first")
                   if f"{who}_no" in self.fields]  # fmt: skip
        if text and numbers.count(text.upper()) > 1:
            return Verdict(Level.ERROR, _("两个人不能用同一个工号。"))
        return None

    def _judge_again(self, who: str, text: str) -> Verdict | None:
        if text and text != self.fields[f"{who}_password"].value():
            return Verdict(Level.ERROR, _("两次输入的密码不一样。"))
        return None


def judge_password(text: str) -> Verdict | None:
    """Long enough to protect client files."""
    if text and len(text) < _SHORTEST:
        missing = _SHORTEST - len(text)
        return Verdict(Level.ERROR, _("至少 8 位，还差 {count} 位。").format(count=missing))
    return None
