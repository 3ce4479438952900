"""A kindness or a present in the stream of a client."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from advisorcrm.columns import BRANCH_TIME, show_yuan
from advisorcrm.i18n import _
from advisorcrm.services.care.care_records import CareRow
from advisorcrm.services.care.gifts import GiftRow
from advisorcrm.views.care.gift_looks import GIFT_TONES
from advisorcrm.views.clients.stream_entry import StreamEntry
from advisorcrm.views.widgets.badge import Badge
from advisorcrm.views.widgets.label import Label

_SHORT = 160


class CareEntry(StreamEntry):
    """What was done in the head, the words below; Enter shows all of long ones."""

    def __init__(
        self, icon: str, head: QHBoxLayout, told: str, spoken: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(icon, "warn", "warn_soft", parent)
        self._told = told
        self.column.addLayout(head)
        self._words = Label("", wrap=True)
        self._words.setVisible(bool(told))
        self.column.addWidget(self._words)
        self.setAccessibleName(f"{spoken} {told}")
        self.show_all(shown=False)

    @classmethod
    def of_record(cls, care: CareRow) -> CareEntry:
        """A greeting, a help, an invitation."""
        title = f"{care.kind.label} {care.occasion}".strip()
        clock = f"{care.done_at.astimezone(BRANCH_TIME):%H:%M}"
        head = _head(clock, title, care.way.label, care.who)
        return cls("heart", head, care.content, f"{clock} {title} {care.way.label}")

    @classmethod
    def of_gift(cls, gift: GiftRow) -> CareEntry:
        """A present with its value and whether it was approved."""
        title = _("礼品：{gift}").format(gift=gift.item)
        head = _head("", title, show_yuan(gift.value_fen), gift.who)
        head.insertWidget(head.count() - 2, Badge(gift.state.label, GIFT_TONES[gift.state]))
        told = _("；").join(word for word in (gift.occasion, gift.remark) if word)
        return cls("gift", head, told, f"{title} {gift.state.label}")

    def show_all(self, *, shown: bool) -> None:
        """The whole text, or its beginning."""
        super().show_all(shown=shown)
        is_long = len(self._told) > _SHORT and not shown
        self._words.setText(f"{self._told[:_SHORT]}…" if is_long else self._told)


def _head(clock: str, title: str, how: str, who: str) -> QHBoxLayout:
    head = QHBoxLayout()
    head.setSpacing(8)
    if clock:
        head.addWidget(Label(clock))
    head.addWidget(Label(title, weight=600))
    head.addWidget(Label(how, "text2", "caption"))
    head.addStretch(1)
    head.addWidget(Label(who, "text2", "caption"))
    return head
