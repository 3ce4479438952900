"""Two languages: Chinese message ids, an English catalogue.

``_`` translates a sentence now, ``N_`` only marks one that is translated when it is shown
(labels of columns and choices). Named placeholders, never f-strings:
``_("还差 {count} 项").format(count=3)``.
"""

from __future__ import annotations

import gettext as _gettext

from advisorcrm import paths

LANGUAGES = ("zh_CN", "en")

_state: dict[str, _gettext.NullTranslations] = {"catalogue": _gettext.NullTranslations()}
_chosen: dict[str, str] = {"language": "zh_CN"}


def use_language(language: str) -> None:
    """Show everything from now on in ``language`` (``zh_CN`` or ``en``)."""
    if language not in LANGUAGES:
        language = "zh_CN"
    _chosen["language"] = language
    if language == "zh_CN":
        _state["catalogue"] = _gettext.NullTranslations()
    else:
        folder = paths.resource("locale")
        _state["catalogue"] = _gettext.translation(
            "advisorcrm", str(folder), languages=[language], fallback=True
        )


def language() -> str:
    """The language shown at present."""
    return _chosen["language"]


def _(message: str) -> str:
    """The message in the language of the person."""
    return _state["catalogue"].gettext(message) if message else ""


def pgettext(context: str, message: str) -> str:
    """As ``_`` for words that mean several things (一般, 记录, 其他)."""
    return _state["catalogue"].pgettext(context, message)


def ngettext(singular: str, plural: str, count: int) -> str:
    """As ``_`` where English counts; both ids are the same Chinese sentence as a rule."""
    return _state["catalogue"].ngettext(singular, plural, count)


def N_(message: str) -> str:  # noqa: N802 - gettext's own name
    """Mark a label that is translated when it is shown."""
    return message
