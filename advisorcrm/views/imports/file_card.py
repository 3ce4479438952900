"""Where an import begins: drop a file or choose one, the rule, and whose new clients are."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from advisorcrm.i18n import N_, _
from advisorcrm.terms import ImportRule
from advisorcrm.views.widgets.buttons import soft
from advisorcrm.views.widgets.card import Card
from advisorcrm.views.widgets.combo_box import ComboBox
from advisorcrm.views.widgets.field import Field
from advisorcrm.views.widgets.label import Label

if TYPE_CHECKING:
    from collections.abc import Sequence

_FILTER = N_(
    "表格和通讯录 (*.xlsx *.xlsm *.xls *.ods *.csv *.vcf *.vcard *.txt *.htm *.html *.xml)\n"
    "所有文件 (*)"
)


class FileCard(Card):
    """``chosen`` with the path; ``rules_changed`` when the rule or the advisor was changed."""

    chosen = Signal(str)
    rules_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            _("选文件"), sub=_("把客户明细表或通讯录拖到这里，或点按钮选择"), parent=parent
        )
        self.setAcceptDrops(True)
        self.choose_path: Callable[[], str] = self._choose_path
        """Asks for the file; a test answers instead of the file dialog."""
        self.button = soft(_("选择文件"), icon="folder-open", key="Ctrl+O")
        self.button.clicked.connect(self._choose)
        self.rule = ComboBox([(rule.value, rule.label) for rule in ImportRule])
        self.rule.currentIndexChanged.connect(self._changed)
        self.advisor = ComboBox([], empty=_("按文件；没写的待分配"))
        self.advisor.currentIndexChanged.connect(self._changed)
        self.advisor_field = Field(_("没写客服专员的归"), self.advisor)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignBottom)
        row.addWidget(Field(_("已有客户"), self.rule), 1)
        row.addWidget(self.advisor_field, 1)
        row.addStretch(1)
        self.body.addLayout(row)
        self.add(
            Label(
                _(
                    "可读 xlsx、xls、ods、csv、文本和手机通讯录 vcf（vCard、Outlook、Google、"
                    "QQ同步助手）；按表头认列，号码按文本保留前导零。"
                ),
                "text3",
                "caption",
                wrap=True,
            )
        )

    def chosen_rule(self) -> ImportRule:
        """What happens with clients that are there already."""
        return ImportRule(self.rule.code() or ImportRule.FILL_BLANKS)

    def show_rule(self, rule: ImportRule) -> None:
        """Show the rule of a saved mapping; nothing is told."""
        with QSignalBlocker(self.rule):
            self.rule.set_code(rule)

    def offer_advisors(self, advisors: Sequence[tuple[int, str, str]]) -> None:
        """Offer whom new clients may be given to (managers only)."""
        self.advisor.set_choices(
            [(number, f"{name} {number}") for _key, number, name in advisors],
            empty=_("按文件；没写的待分配"),
        )

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's name
        """A single local file may be dropped."""
        if _local_path(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        """Take the file."""
        path = _local_path(event)
        if path is not None:
            event.acceptProposedAction()
            self.chosen.emit(str(path))

    def _choose(self) -> None:
        path = self.choose_path()
        if path:
            self.chosen.emit(path)

    def _choose_path(self) -> str:
        path, _kind = QFileDialog.getOpenFileName(self, _("选客户明细表或通讯录"), "", _(_FILTER))
        return path

    def _changed(self) -> None:
        self.rules_changed.emit()


def _local_path(event: QDropEvent) -> Path | None:
    urls = event.mimeData().urls()
    if len(urls) == 1 and urls[0].isLocalFile():
        return Path(urls[0].toLocalFile())
    return None
