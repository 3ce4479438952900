"""Telephones, addresses and messengers of a card, as cells that the import understands."""
# The words are those of cards and of the cells they become.  # chinese: data

from __future__ import annotations

import re
from binascii import a2b_qp
from collections.abc import Iterable, Mapping
from contextlib import suppress

from advisorcrm.errors import InvalidFieldError
from advisorcrm.imports.contact_labels import label_shown
from advisorcrm.imports.vcard_lines import Property
from advisorcrm.imports.vcard_values import first_filled, parts_of, text_of
from advisorcrm.rules.phones import read_phones
from advisorcrm.rules.written_text import has_han

_LAST = 101
_CUSTOM_LABEL = re.compile(
    r"X-CUSTOM\((?:CHARSET=UTF-8|ENCODING=QUOTED-PRINTABLE|[,;])*(?P<quoted>[^()]+)\)",
    re.IGNORECASE,
)
_EXTENSION = re.compile(r";ext=(\d+)", re.IGNORECASE)
_CONTEXT = re.compile(r"([\d.-]+);phone-context=(\+[\d.-]+)", re.IGNORECASE)
"""A number without its country and area, which stand behind it (RFC 3966)."""
_PAUSE = re.compile(r"[,;pPwW]+(?=\d)")
_CHINA = frozenset({"中国", "中华人民共和国", "china", "cn", "prc", "p.r.china"})
_MESSENGERS = (
    ("微信", re.compile(r"wechat|weixin|微信", re.IGNORECASE)),
    ("QQ", re.compile(r"(?<![a-z])qq(?![a-z])|tencent", re.IGNORECASE)),
)
_MESSENGER_NAMES = frozenset({"IMPP", "X-IM", "X-SOCIALPROFILE", "X-PROFILE"})
_SCHEME = re.compile(r"(?:[a-z][a-z-]*:)+/{0,2}(?:x-apple:)?", re.IGNORECASE)


def label_of(found: Property, labels: Mapping[str, str]) -> str:
    """How the person called this line (``X-ABLabel``), in Chinese where a program did."""
    if "PAGER" in found.types:
        return label_shown("pager")
    if "ASSISTANT" in found.types:
        return label_shown("assistant")
    own = labels.get(found.group, "") if found.group else ""
    return label_shown(own or _label_of_android(found))


def _label_of_android(found: Property) -> str:
    """``TEL;X-CUSTOM(CHARSET=UTF-8,ENCODING=QUOTED-PRINTABLE,=E5…):``, ``TEL;X-儿子:``."""
    for name, _value in found.parameters:
        written = _CUSTOM_LABEL.fullmatch(name)
        if written is not None:
            return a2b_qp(written["quoted"]).decode("utf-8", "replace").strip()
        if name.startswith("X-") and has_han(name):
            return name.removeprefix("X-")
    return ""


def by_preference(found: Iterable[Property]) -> list[Property]:
    """The preferred one first, the others in their order."""
    return sorted(found, key=_rank)


def telephones(found: Iterable[Property], labels: Mapping[str, str]) -> dict[str, list[str]]:
    """Heading to numbers; what a person called a number stands behind it in brackets."""
    cells: dict[str, list[str]] = {}
    for one in by_preference(found):
        number = dialled(text_of(one))
        if number:
            label = label_of(one, labels)
            heading = _heading(one.types, label)
            shown = f"{number}（{label}）" if label and label != heading else number
            cells.setdefault(heading, []).append(shown)
    return cells


def dialled(text: str) -> str:
    """A number without pauses and stray commas; what is none stays as it is."""
    text = _EXTENSION.sub(r"转\1", text.strip().removeprefix("tel:"))
    text = _CONTEXT.sub(r"\2-\1", text)
    for candidate in (text, re.sub(r"[,;\s]", "", text), _PAUSE.sub("转", text, count=1)):
        with suppress(InvalidFieldError):
            read_phones(candidate)
            return candidate
    return " ".join(text.split())


def emails(found: Iterable[Property]) -> list[str]:
    """The addresses, the preferred one first."""
    texts = (text_of(one).removeprefix("mailto:").strip() for one in by_preference(found))
    return list(dict.fromkeys(text for text in texts if text))


def messengers(found: Iterable[Property]) -> dict[str, list[str]]:
    """微信 and QQ, whichever way the program wrote them."""
    cells: dict[str, list[str]] = {}
    for one in found:
        value = text_of(one)
        about = " ".join((one.name, *(value for _key, value in one.parameters)))
        if one.name in _MESSENGER_NAMES:
            about = f"{about} {value.partition(':')[0]}"
        elif not one.name.startswith("X-"):
            continue
        heading = next((name for name, form in _MESSENGERS if form.search(about)), "")
        name = _SCHEME.sub("", value).strip()
        if heading and name:
            cells.setdefault(heading, []).append(name)
    return cells


def addresses(found: Iterable[Property]) -> tuple[str, list[str]]:
    """The address for letters, and remarks with the others."""
    lines = [(one.types, address_line(parts_of(one))) for one in by_preference(found)]
    written = [(types, line) for types, line in lines if line]
    if not written:
        return "", []
    best = next((at for at, (types, _line) in enumerate(written) if "HOME" in types), None)
    if best is None:
        best = next((at for at, (types, _line) in enumerate(written) if "WORK" not in types), 0)
    others = [
        f"{'单位地址' if 'WORK' in types else '其他地址'}：{line}"
        for at, (types, line) in enumerate(written)
        if at != best and line != written[best][1]
    ]
    return written[best][1], others


def address_line(parts: list[str]) -> str:
    """An address in the order of its country: 省市街道, or street, city, state."""
    parts = [" ".join(part.split()).strip(" ,") for part in (*parts, *[""] * 7)][:7]
    box, extended, street, city, region, code, country = parts
    if not has_han("".join(parts)):
        place = " ".join(part for part in (region, code) if part)
        return ", ".join(part for part in (box, extended, street, city, place, country) if part)
    line = ""
    for part in (region, city, street, extended, box):
        line = part if line and part.startswith(line) else line + part * (part not in line)
    if country and country.lower() not in _CHINA and not line.startswith(country):
        line = country + line
    return f"{line} {code}".strip()


def _heading(types: frozenset[str], label: str) -> str:
    if "FAX" in types or "传真" in label:
        return "传真"
    if types & {"CELL", "MOBILE", "IPHONE"}:
        return "手机"
    if types & {"WORK", "COMPANY"}:
        return "单位电话"
    return "住宅电话" if "HOME" in types else "电话"


def _rank(found: Property) -> int:
    given = first_filled([found.parameter("PREF")])
    if "PREF" in found.types:
        return 0
    return int(given) if given.isdecimal() and int(given) < _LAST else _LAST
