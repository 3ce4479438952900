"""The settings page: a list of subjects on the left, one panel on the right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from advisorcrm.i18n import _
from advisorcrm.views import icons, theme
from advisorcrm.views.settings.settings_subjects import SettingsSubjects, Subject
from advisorcrm.views.settings.subject_lines import GAP, SubjectLines
from advisorcrm.views.widgets.buttons import plain
from advisorcrm.views.widgets.card import Card
from advisorcrm.views.widgets.icon_label import IconLabel
from advisorcrm.views.widgets.label import Label
from advisorcrm.views.widgets.search_line import SearchLine

if TYPE_CHECKING:
    from advisorcrm.services.branch.settings import Settings
    from advisorcrm.services.workplace.workplace import Workplace
    from advisorcrm.views.jobs import Jobs

_LIST_PX = 200
_SEARCH_PX = 380
_HERE = Qt.ShortcutContext.WidgetWithChildrenShortcut
_LINE_PX = 34
_HEAD_PX = 26
_PLACE = Qt.ItemDataRole.UserRole


class SettingsPage(QWidget):
    """Settings; changes apply at once. ``part_shown`` when another subject is."""

    settings_changed = Signal()
    codes_changed = Signal()
    told = Signal(str, object)
    export_wanted = Signal(object)
    part_shown = Signal()

    def __init__(self, jobs: Jobs, workplace: Workplace, settings: Settings) -> None:
        super().__init__()
        self._jobs = jobs
        self._workplace = workplace
        self._settings = settings
        self.search = SearchLine(_("搜设置：权重、备份、字号…"), key="Ctrl+F")
        self.search.searched.connect(self._narrow)
        self.search.returnPressed.connect(self._open_first)
        self.export_button = plain(_("导出设置"), icon="upload")
        self.subjects = QListWidget()
        self.subjects.setAccessibleName(_("设置分类"))
        self.subjects.setProperty("kind", "subjects")
        self.subjects.setItemDelegate(SubjectLines(self.subjects))
        self.subjects.currentRowChanged.connect(self._show)
        self.panels = QStackedWidget()
        self._all = self._listed_subjects()
        self._build()
        find = QShortcut(QKeySequence("Ctrl+F"), self)
        find.setContext(_HERE)  # WORKAROUND: PySide ignores it as an argument
        find.activated.connect(self.search.setFocus)

    def reload(self) -> None:
        """Read the shown panel again."""
        panel = self.panel()
        if panel is not None and hasattr(panel, "reload"):
            panel.reload()

    def keys(self) -> list[tuple[str, str]]:
        """Keys of this page for the overlay."""
        return [("Ctrl+F", _("找设置")), ("↑↓", _("换一类"))]

    def primary_focus(self) -> QWidget:
        """Where the cursor starts."""
        return self.subjects

    def panel(self) -> QWidget | None:
        """The panel that is shown."""
        area = self.panels.currentWidget()
        return area.widget() if isinstance(area, QScrollArea) else None

    def _listed_subjects(self) -> list[Subject]:
        subjects = SettingsSubjects(self._jobs, self._workplace, self._settings, self)
        subjects.settings_changed.connect(self.settings_changed)
        subjects.codes_changed.connect(self.codes_changed)
        subjects.told.connect(self.told)
        return subjects.listed()

    def _build(self) -> None:
        self._list_subjects()
        self.subjects.setIconSize(QSize(theme.px(icons.SIZE), theme.px(icons.SIZE)))
        frame = Card(margins=(4, 4, 4, 4))
        frame.setFixedWidth(theme.px(_LIST_PX))
        frame.add(self.subjects, 1)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(frame)
        row.addWidget(self.panels, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 12, 16, 12)
        whole.setSpacing(10)
        whole.addLayout(self._head())
        whole.addLayout(row, 1)
        self.subjects.setCurrentRow(1)

    def _head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(Label(_("设置"), size="page_title", weight=600))
        self.search.setFixedWidth(theme.px(_SEARCH_PX))
        head.addWidget(self.search)
        head.addStretch(1)
        head.addWidget(IconLabel("circle-check", _("改动立即生效"), "ok"))
        head.addWidget(self.export_button)
        if not self._may_export():
            self.export_button.hide()
        self.export_button.clicked.connect(self._export)
        return head

    def _may_export(self) -> bool:
        from advisorcrm.services.access import Right, may

        actor = self._workplace.actor
        may_leave = may(actor, Right.EXPORT) and not self._workplace.is_read_only
        return may_leave and may(actor, Right.SEE_STANDARDS)

    def _export(self) -> None:
        from advisorcrm.views.reports import branch_settings

        self.export_wanted.emit(branch_settings())

    def _list_subjects(self) -> None:
        """The subjects under their groups; a group is a heading, not a choice."""
        group = ""
        for place, subject in enumerate(self._all):
            if subject.group != group:
                group = subject.group
                head = QListWidgetItem(_(group))
                head.setFlags(Qt.ItemFlag.NoItemFlags)
                head.setFont(theme.font("caption", 400))
                head.setSizeHint(QSize(0, theme.px(_HEAD_PX)))
                self.subjects.addItem(head)
            remark = f"{GAP}{subject.remark}" if subject.remark else ""
            item = QListWidgetItem(icons.icon(subject.icon, "text2"), subject.title + remark)
            item.setData(_PLACE, place)
            item.setSizeHint(QSize(0, theme.px(_LINE_PX)))
            self.subjects.addItem(item)
            self.panels.addWidget(_scrolling(subject.make()))

    def _show(self, row: int) -> None:
        item = self.subjects.item(row) if row >= 0 else None
        place = item.data(_PLACE) if item is not None else None
        if place is not None:
            self.panels.setCurrentIndex(place)
            self.reload()
            self.part_shown.emit()

    def _narrow(self, text: str) -> None:
        wanted = text.strip().casefold()
        found = {
            place
            for place, subject in enumerate(self._all)
            if wanted in f"{subject.title} {subject.words}".casefold()
        }
        groups = {_(self._all[place].group) for place in found}
        for row in range(self.subjects.count()):
            item = self.subjects.item(row)
            place = item.data(_PLACE)
            item.setHidden(item.text() not in groups if place is None else place not in found)
        self._say_nothing(is_empty=not found)

    def _open_first(self) -> None:
        """Enter opens what was found first, and the arrows go on from there."""
        for row in range(self.subjects.count()):
            item = self.subjects.item(row)
            if not item.isHidden() and item.data(_PLACE) is not None:
                self.subjects.setCurrentRow(row)
                self.subjects.setFocus()
                return

    def _say_nothing(self, *, is_empty: bool) -> None:
        """Searched without a hit: say so, and where the keys are listed."""
        self.search.setToolTip(_("没有这项设置。按 ? 看本页的键。") if is_empty else "")


def _scrolling(panel: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its fields take the focus and scroll it
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(panel)
    return area
