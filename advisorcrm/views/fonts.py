"""Is there a face for Chinese on this computer? Without one every sentence is a row of boxes."""

from __future__ import annotations

from PySide6.QtGui import QFont, QFontMetrics, QGuiApplication

from advisorcrm.i18n import _, language

_PROBE = "客"  # chinese: data
_READABLE = "No Chinese font found: install Noto Sans CJK or Microsoft YaHei, then start again."


def shows_chinese(font: QFont | None = None) -> bool:
    """Whether a font, by itself or by its stand-ins, has a common Chinese character."""
    return QFontMetrics(font or QGuiApplication.font()).inFontUcs4(ord(_PROBE))


def font_sentence() -> str:
    """What to do about it; in English as well, for the Chinese sentence cannot be read."""
    told = _("这台电脑没有中文字体，汉字会显示成方框。请安装 Noto Sans CJK 或微软雅黑后重新打开。")
    return told if language() == "en" else f"{_READABLE} {told}"
