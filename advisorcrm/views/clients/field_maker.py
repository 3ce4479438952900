"""Makes the fields of a client's file: editor, meaning and judgement of each."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from advisorcrm.i18n import _
from advisorcrm.rules.plain_dates import Direction
from advisorcrm.services.files.client_checks import CODES
from advisorcrm.services.files.file_labels import label_of
from advisorcrm.terms import Term
from advisorcrm.views import theme
from advisorcrm.views.clients import file_values
from advisorcrm.views.clients.code_editors import CodeBox, CodesButton
from advisorcrm.views.clients.file_field import Advise, FileField, Meaning
from advisorcrm.views.clients.masked_field import MaskedField
from advisorcrm.views.surroundings import Surroundings
from advisorcrm.views.widgets.combo_box import ComboBox
from advisorcrm.views.widgets.date_line import DateLine

_REMARK_LINES = 3


class FieldMaker:
    """One method for each sort of field."""

    def __init__(self, around: Surroundings) -> None:
        self.around = around

    def text(self, name: str, *, required: bool = False, hint: str = "") -> FileField:
        """A line of text."""
        read = {
            "name": file_values.read_name,
            "commission_ppm": file_values.read_commission,
            "contact_every_days": file_values.read_frequency,
            "invests_since": file_values.read_first_year,
        }.get(name, partial(file_values.read_text, name))
        write = partial(
            file_values.write_rate if name == "commission_ppm" else file_values.write_plain, name
        )
        return FileField(
            label_of(name), QLineEdit(), Meaning((name,), write, read), required=required, hint=hint
        )

    def remark(self) -> FileField:
        """Several lines of text."""
        editor = QPlainTextEdit()
        editor.setTabChangesFocus(True)
        editor.setFixedHeight(theme.px(18 * _REMARK_LINES + 16))
        meaning = Meaning(
            ("remark",), partial(file_values.write_plain, "remark"), file_values.read_remark
        )
        return FileField(label_of("remark"), editor, meaning)

    def code(self, name: str, *, required: bool = False, advise: Advise | None = None) -> FileField:
        """One code of a list of the branch."""
        meaning = Meaning(
            (name,),
            partial(file_values.write_plain, name),
            partial(file_values.read_code, name),
            advise,
        )
        editor = CodeBox(self.around.book, CODES[name])
        return FileField(label_of(name), editor, meaning, required=required)

    def codes(self, name: str, *, required: bool = False) -> FileField:
        """Several codes of a list of the branch."""
        meaning = Meaning(
            (name,),
            partial(file_values.write_plain, name),
            partial(file_values.read_codes, name),
        )
        editor = CodesButton(self.around.book, CODES[name])
        return FileField(label_of(name), editor, meaning, required=required)

    def term(self, name: str, kind: type[Term], *, empty: bool = True) -> FileField:
        """One of the program's own choices."""
        meaning = Meaning(
            (name,),
            partial(file_values.write_plain, name),
            partial(file_values.read_term, name, kind),
        )
        choices = [(term.value, term.label) for term in kind]
        editor = ComboBox(choices, empty=_("请选择") if empty else None)
        return FileField(label_of(name), editor, meaning)

    def chosen(self, name: str) -> FileField:
        """An advisor or a group; the choices are filled in when they are known."""
        meaning = Meaning(
            (name,), partial(file_values.write_plain, name), partial(file_values.read_id, name)
        )
        return FileField(label_of(name), ComboBox(empty=_("未分配")), meaning)

    def day(
        self, name: str, direction: Direction, *, hint: str = "", advise: Advise | None = None
    ) -> FileField:
        """A day, typed in any way or picked."""
        clock = self.around.clock
        meaning = Meaning(
            (name,),
            partial(file_values.write_plain, name),
            partial(file_values.read_day, name, clock, direction),
            advise,
        )
        editor = DateLine(file_values.day_reader(name, clock, direction))
        return FileField(label_of(name), editor, meaning, hint=hint)

    def masked(self, name: str) -> MaskedField:
        """A sensitive value."""
        read = {
            "account": file_values.read_account,
            "id_number": file_values.read_id_number,
        }.get(name, partial(file_values.read_text, name))
        return MaskedField(self.around, label_of(name), name, read)

    def made_of(self, editor: QWidget, meaning: Meaning, *, hint: str = "") -> FileField:
        """A field of its own kind."""
        return FileField(label_of(meaning.names[0]), editor, meaning, hint=hint)
