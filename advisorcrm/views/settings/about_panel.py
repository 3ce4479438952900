"""What this program is, its version and its licences."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from advisorcrm import __version__
from advisorcrm.i18n import _
from advisorcrm.views.widgets.card import Card
from advisorcrm.views.widgets.label import Label


class AboutPanel(QWidget):
    """Version and licences."""

    def __init__(self) -> None:
        super().__init__()
        card = Card(_("客户服务"), sub=_("版本 {version}").format(version=__version__))
        card.add(
            Label(
                _("证券营业部客户档案与沟通记录。客户资料只存放在营业部自己的电脑或服务器上。"),
                wrap=True,
            )
        )
        card.add(
            Label(
                _("许可：Apache-2.0；所用程序库的许可见 THIRD_PARTY_LICENSES.md。"),
                "text2",
                wrap=True,
            )
        )
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(12)
        whole.addWidget(card)
        whole.addStretch(1)
