"""E-mail addresses with words around them: ``样甲 <a@b.cn>``, ``mailto:``, ``a@b.cn（公司）``."""

from __future__ import annotations

import re

from advisorcrm.errors import InvalidFieldError
from advisorcrm.rules.written_text import plain
from advisorcrm.services.files.client_checks import clean_email

_ADDRESS = re.compile(r"[^\s<>()\[\]:;,、|/\"'“”「」【】\u3400-\u9fff]+@[A-Za-z0-9.-]*[A-Za-z0-9]")
_SCHEME = re.compile(r"mailto:|(?<=[\w])\?(?:subject|cc|body)=\S*", re.IGNORECASE)
_LABEL = re.compile(r"(?:电子)?邮箱(?:地址)?|电子邮件|e-?mail|smtp", re.IGNORECASE)
_BETWEEN = re.compile(r"[\s<>()\[\]:;,、|/\"'“”「」【】.。]+")
_LONGEST = 40


def read_noted_emails(text: str) -> dict[str, str]:
    """Address to what stands before or behind it; nothing where the text is not understood."""
    text = _SCHEME.sub(" ", plain(text))
    found = list(_ADDRESS.finditer(text))
    ends = [0, *(one.end() for one in found)]
    starts = [*(one.start() for one in found), len(text)]
    words = [_tidy(text[end:start]) for end, start in zip(ends, starts, strict=True)]
    if not found or any("@" in word or re.search(r"\d{5}", word) for word in words):
        return {}
    leads = bool(words[0]) or len(found) == 1
    notes = words[:-1] if leads else words[1:]
    if leads and words[-1]:
        notes[-1] = f"{notes[-1]} {words[-1]}".strip()
    try:
        return {
            clean_email(one[0]): note[:_LONGEST] for one, note in zip(found, notes, strict=True)
        }
    except InvalidFieldError:
        return {}


def _tidy(text: str) -> str:
    return _BETWEEN.sub(" ", _LABEL.sub(" ", text)).strip()
