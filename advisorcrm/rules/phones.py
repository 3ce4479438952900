"""Telephone numbers as they are written, and the one way we keep them (R4, R146).

Mobiles as eleven digits, landlines as ``021-63210000`` or ``0755-82000000-801``, service
numbers as digits, foreign numbers with ``+`` and country.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from advisorcrm.errors import InvalidFieldError
from advisorcrm.i18n import _, ngettext
from advisorcrm.rules.written_text import is_nothing, is_scientific, plain
from advisorcrm.terms import PointKind

_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_SERVICE = re.compile(r"[48]00\d{7}|950\d{8}|9\d{4,5}|106\d{5,17}|1[02]\d{3}|11[0-9]|12[0-9]")
_LOCAL = re.compile(r"[2-8]\d{6,7}")
_NEIGHBOURS = re.compile(
    r"852[235-9]\d{7}|853[268]\d{7}|886(?:0?9\d{8}|0?[2-8]\d{7,8})|(?P<taiwan>09\d{8})"
)
"""Hong Kong, Macao and Taiwan with their country and no sign before it; ten digits from 09 on are
a mobile of Taiwan. No area of the mainland has these numbers."""
_CARRIER = re.compile(r"(?:179\d\d|12593|10193|11808)(?=0\d{10,11}$|1[3-9]\d{9}$)")
"""A cheaper line chosen before a number (17951, 12593): it is none of the number."""
_WRITTEN = re.compile(r"[0-9+()\-#.\s*]+")
_DECIMALS = re.compile(r"(?<=\d{7})\.0+$")
"""Behind a number that a program wrote as a figure."""
_URI_EXTENSION = re.compile(r";ext=(?=\d)", re.IGNORECASE)
_EXTENSION = re.compile(
    r"\(?\s*(?:转|轉|分机|分機|ext\.?|x|#)\s*(?P<extension>\d{1,6})\s*\)?$", re.IGNORECASE
)
_DASH_EXTENSION = re.compile(r"(?<=\d{7})-(?P<extension>\d{1,6})$")
SEVERAL = re.compile(r"[、,;/\\|\n\r\t]|:::|或者?|(?<=\d)和(?=\d)")
DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−－ー~", "-"))
"""Every sign written for the dash in a number."""
_LABEL = re.compile(
    r"^(?:(?:手机|电话|移动电话|固话|座机|联系电话|tel|mobile|m)\s*[:：]|(?:手机|电话|固话|座机)(?=[\d+(]))\s*",
    re.IGNORECASE,
)
_WITH_AREA = re.compile(r"(?P<city>10|2\d)(?P<eight>\d{8})|(?P<area>[3-9]\d{2})(?P<local>\d{7,8})")


class PhoneKind(StrEnum):
    """What sort of number it is."""

    MOBILE = "mobile"
    LANDLINE = "landline"
    SERVICE = "service"
    FOREIGN = "foreign"


@dataclass(frozen=True, slots=True)
class Phone:
    """One number in the one form we keep."""

    kind: PhoneKind
    value: str
    can_text: bool = False
    extension: str = ""
    """What is dialled behind a mobile; behind a landline it is part of the number."""

    @property
    def point_kind(self) -> PointKind:
        """As which kind of contact point a client's number is kept."""
        is_mobile = self.kind is PhoneKind.MOBILE or self.can_text
        return PointKind.MOBILE if is_mobile else PointKind.LANDLINE


def read_phones(text: str, *, field: str = "phone") -> tuple[Phone, ...]:
    """Every number a cell holds, none for ``-``; raises InvalidFieldError for what is no number."""
    text = _URI_EXTENSION.sub("转", _in_full(plain(text)))
    if _MOBILE.fullmatch(text):
        return (Phone(PhoneKind.MOBILE, text),)
    if is_nothing(text):
        return ()
    if is_scientific(text):
        raise InvalidFieldError(
            field, _("电话被表格软件改成科学计数，末几位已丢失。请在表格里把该列设为文本后重填。")
        )
    found: list[Phone] = []
    for part in SEVERAL.split(text):
        if not is_nothing(part):
            found.extend(_read_part(part.strip(), field))
    return tuple(dict.fromkeys(found))


def _in_full(text: str) -> str:
    """``1.3900000001E+10`` as a number again; one whose last digits are lost stays as it is."""
    mantissa, _sign, exponent = text.upper().partition("E")
    if not is_scientific(text) or len(mantissa.partition(".")[2]) < int(exponent):
        return text
    return f"{float(text):.0f}"


def read_phone(text: str, *, field: str = "phone") -> Phone:
    """The one number a field holds; raises InvalidFieldError for none, several or a wrong one."""
    found = read_phones(text, field=field)
    if len(found) != 1:
        raise InvalidFieldError(field, _("请填一个电话号码。"))
    return found[0]


def _read_part(text: str, field: str) -> list[Phone]:
    """One number, or several that only blanks part."""
    try:
        return [_read_one(text, field)]
    except InvalidFieldError:
        pieces = text.split()
        if len(pieces) < 2 or any(len(re.sub(r"\D", "", piece)) < 7 for piece in pieces):
            raise
        return [_read_one(piece, field) for piece in pieces]


def _read_one(text: str, field: str) -> Phone:
    text = _LABEL.sub("", text.translate(DASHES).removeprefix("tel:")).strip()
    text = _DECIMALS.sub("", text)
    number, extension = _without_extension(text)
    digits = re.sub(r"\D", "", number)
    if not digits or not _WRITTEN.fullmatch(number):
        raise InvalidFieldError(field, _("电话里有数字以外的内容，请只填号码。"))
    if _is_abroad(number):
        return _foreign(number, extension, field)
    neighbour = _NEIGHBOURS.fullmatch(digits)
    if neighbour is not None:
        country = "+886" if neighbour["taiwan"] else "+"
        return _foreign(f"{country}{digits}", extension, field)
    phone = _domestic(_CARRIER.sub("", _without_country(number, digits)), extension)
    if phone is None:
        raise InvalidFieldError(field, _why_wrong(digits))
    return phone


def _without_extension(text: str) -> tuple[str, str]:
    found = _EXTENSION.search(text) or _DASH_EXTENSION.search(text)
    if found is None or len(re.sub(r"\D", "", text[: found.start()])) < 7:
        return text, ""
    return text[: found.start()].strip(), found["extension"]


def _is_abroad(number: str) -> bool:
    compact = re.sub(r"[^\d+]", "", number)
    return compact.startswith(("+", "00")) and not compact.startswith(("+86", "0086"))


def _without_country(number: str, digits: str) -> str:
    compact = re.sub(r"[^\d+]", "", number)
    for prefix in ("+86", "0086"):
        if compact.startswith(prefix):
            return compact.removeprefix(prefix)
    if len(digits) >= 12 and digits.startswith("86"):
        return digits[2:]
    return digits


def _domestic(digits: str, extension: str) -> Phone | None:
    significant = digits.removeprefix("0")
    if _MOBILE.fullmatch(significant):
        return Phone(PhoneKind.MOBILE, significant, extension=extension)
    tail = f"-{extension}" if extension else ""
    if _SERVICE.fullmatch(digits):
        return Phone(PhoneKind.SERVICE, digits + tail)
    if _LOCAL.fullmatch(digits):
        return Phone(PhoneKind.LANDLINE, digits + tail)
    found = _WITH_AREA.fullmatch(significant)
    if found is None:
        return None
    area, local = found["city"] or found["area"], found["eight"] or found["local"]
    return Phone(PhoneKind.LANDLINE, f"0{area}-{local}{tail}")


def _foreign(number: str, extension: str, field: str) -> Phone:
    import phonenumbers

    international = re.sub(r"^00", "+", re.sub(r"[^\d+]", "", number))
    try:
        parsed: Any = phonenumbers.parse(international, None)
    except phonenumbers.NumberParseException:
        parsed = None
    if parsed is None or not phonenumbers.is_possible_number(parsed):
        raise InvalidFieldError(field, _("国际电话的位数不对，请核对国家代码和号码。"))
    kinds = phonenumbers.PhoneNumberType
    can_text = phonenumbers.number_type(parsed) != kinds.FIXED_LINE
    value = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
    tail = f"-{extension}" if extension else ""
    return Phone(PhoneKind.FOREIGN, f"{value}{tail}", can_text and not tail)


def _why_wrong(digits: str) -> str:
    """What is wrong, without repeating the number: reasons end up in lists and logs."""
    if len(digits) == 11 and not digits.startswith("0"):
        return _("号段 {prefix} 不存在，请核对手机号。").format(prefix=digits[:2])
    if digits.startswith("0"):
        return ngettext(
            "固定电话的区号或位数不对（共 {count} 位数字），请核对。",
            "固定电话的区号或位数不对（共 {count} 位数字），请核对。",
            len(digits),
        ).format(count=len(digits))
    return ngettext(
        "电话有 {count} 位数字：手机应为 11 位，固定电话应为区号加 7 或 8 位。",
        "电话有 {count} 位数字：手机应为 11 位，固定电话应为区号加 7 或 8 位。",
        len(digits),
    ).format(count=len(digits))
