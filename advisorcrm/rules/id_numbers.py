"""Identity numbers: checked, brought to 18 places, and told from other documents (GB 11643)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from advisorcrm.errors import InvalidFieldError
from advisorcrm.i18n import _, ngettext
from advisorcrm.rules.written_text import is_nothing, is_scientific, plain
from advisorcrm.terms import IdDocument, Sex

FULL_LENGTH = 18
OLD_LENGTH = 15
"""Numbers given before 1999: two-digit year, no check character."""

_PROVINCES = frozenset(
    [
        "11",
        "12",
        "13",
        "14",
        "15",
        "21",
        "22",
        "23",
        "31",
        "32",
        "33",
        "34",
        "35",
        "36",
        "37",
        "41",
        "42",
        "43",
        "44",
        "45",
        "46",
        "50",
        "51",
        "52",
        "53",
        "54",
        "61",
        "62",
        "63",
        "64",
        "65",
        "71",
        "81",
        "82",
        "83",
    ]
)
_MOST_DIGITS = 13
_OLDEST_YEAR, _LATEST_YEAR = 1850, 2100
_COMPANY = re.compile(r"(?:9[1-3]|Y1|A1|N[1-3]|G1|J1)[0-9A-HJ-NPQRTUWXY]{16}")
_DATED = re.compile(r"\d{6}(?:18|19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dX]")
"""A person's number with a slip in the district may begin like a company's."""
_OTHER_BODY = re.compile(
    r"(?:1[1239]|2[19]|3[1-59]|4[19]|5[1239]|6[129]|7[129]|8[19])\d{6}[0-9A-HJ-NPQRTUWXY]{10}"
)
"""A public body, association or foundation (GB 32100): these codes begin as a person's number may,
so that one is believed only if both of its check characters are right."""
_BODY_SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_BODY_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_RESIDENT = re.compile(r"9(?P<province>\d\d)\d{3}(?:19|20)\d\d[01]\d[0-3]\d{4}[\dX]")
"""The card of a foreigner who lives here for good, since 2023."""
_OTHERS = (
    (re.compile(r"[HM]\d{8}(?:\d{2})?"), IdDocument.HK_MACAO_PERMIT),
    (re.compile(r"[A-Z]{1,2}\d{7,8}"), IdDocument.PASSPORT),
    (re.compile(r"\d{8}"), IdDocument.TAIWAN_PERMIT),
    (re.compile(r"[157]\d{6}\(\d\)"), IdDocument.OTHER),  # the identity card of Macao
    (re.compile(r"(?=.*[A-Z])(?!.*\d{14})[A-Z0-9()/.\-]{5,40}"), IdDocument.OTHER),
)
_NAMED = re.compile(
    r"(?P<word>(?:居民|公民|二代)?身份证(?:号码?|件号)?|证件号码?|护照(?:号码?)?|港澳通行证|回乡证|台胞证)[:：]?(?=[A-Z0-9])"
)
_NAMES = {"护": IdDocument.PASSPORT, "港": IdDocument.HK_MACAO_PERMIT,
          "回": IdDocument.HK_MACAO_PERMIT, "台": IdDocument.TAIWAN_PERMIT}  # fmt: skip
_ANY_DOCUMENT = re.compile(r"[A-Z0-9()/.\-\u4e00-\u9fff]{4,40}")


@dataclass(frozen=True, slots=True)
class IdNumber:
    """A number as it is kept, and what it tells about the person."""

    value: str
    document: IdDocument
    birthday: date | None = None
    sex: Sex | None = None


def read_id_number(
    text: str, *, document: IdDocument | None = None, field: str = "id_number"
) -> IdNumber | None:
    """The number a cell holds, None for ``-``; raises InvalidFieldError with the wrong place.

    Without ``document`` the number tells by its form what it is; a company's credit code and
    passports are no identity numbers and are kept as they stand.
    """
    number = _compact(text)
    if is_nothing(number):
        return None
    if is_scientific(number):
        raise InvalidFieldError(
            field,
            _("证件号被表格软件改成科学计数，末几位已丢失，无法还原。请把该列设为文本后重填。"),
        )
    named = _NAMED.match(number)
    if named is not None:
        number = number[named.end() :]
        document = document or _NAMES.get(named["word"][0], IdDocument.ID_CARD)
    if document not in (None, IdDocument.ID_CARD):
        return _other_document(number, document, field)
    guessed = None if document else _guess_document(number)
    if guessed is not None:
        return IdNumber(number, guessed)
    return _identity_number(number, field)


def demand_born(found: IdNumber, today: date, *, field: str = "id_number") -> None:
    """Refuse the number of somebody who is not born yet: raises InvalidFieldError."""
    if found.birthday is not None and found.birthday > today:
        raise InvalidFieldError(field, _("证件号第 7–14 位不对：出生日期在今天之后，请核对。"))


def _compact(text: str) -> str:
    """The number without blanks and signs around it; dashes go where they only part digits."""
    number = re.sub(r"[\s\"“”]", "", plain(text)).upper().rstrip(".,;。、")
    without = number.replace("-", "")
    is_parted = len(without) in (OLD_LENGTH, FULL_LENGTH) and without[:-1].isdecimal()
    return without if is_parted else number


def _other_document(number: str, document: IdDocument | None, field: str) -> IdNumber:
    if document is None or not _ANY_DOCUMENT.fullmatch(number):
        raise InvalidFieldError(field, _("证件号只能是 4 到 40 位字母和数字。"))
    return IdNumber(number, document)


def _guess_document(number: str) -> IdDocument | None:
    """What document it is, None for an identity card."""
    if _COMPANY.fullmatch(number) and (not _DATED.fullmatch(number) or _is_company(number)):
        return IdDocument.BUSINESS_LICENCE
    if _is_other_body(number):
        return IdDocument.BUSINESS_LICENCE
    if _is_resident(number):
        return IdDocument.OTHER
    if len(number) in (OLD_LENGTH, FULL_LENGTH) and sum(map(str.isdecimal, number)) >= _MOST_DIGITS:
        return None
    return next((document for form, document in _OTHERS if form.fullmatch(number)), None)


def _is_company(number: str) -> bool:
    """Whether the check character is that of a company's credit code."""
    from stdnum.cn import uscc

    return bool(uscc.is_valid(number))


def _is_other_body(number: str) -> bool:
    """Whether it is the code of a body that no trade register knows, beyond chance."""
    if not _OTHER_BODY.fullmatch(number) or _DATED.fullmatch(number):
        return False
    signs = map(_BODY_SIGNS.index, number[8:16])
    rest = sum(sign * weight for sign, weight in zip(signs, _BODY_WEIGHTS, strict=True)) % 11
    return number[16] == "0X987654321"[rest] and _is_company(number)


def _is_resident(number: str) -> bool:
    found = _RESIDENT.fullmatch(number)
    is_known = found is not None and found["province"] in _PROVINCES
    return is_known and number[-1] == _check_character(number[:-1])


def _identity_number(number: str, field: str) -> IdNumber:
    if len(number) not in (FULL_LENGTH, OLD_LENGTH):
        told = ngettext(
            "证件号有 {count} 位，应为 18 位（旧证 15 位）。",
            "证件号有 {count} 位，应为 18 位（旧证 15 位）。",
            len(number),
        )
        raise InvalidFieldError(field, told.format(count=len(number)))
    _check_digits(number, field)
    is_repeated = len(number) == OLD_LENGTH and len(set(number)) == 1  # typed to fill a field
    if number[:2] not in _PROVINCES or is_repeated:
        raise InvalidFieldError(field, _("证件号第 1–2 位不对，没有这个地区，请核对。"))
    full = number if len(number) == FULL_LENGTH else f"{number[:6]}19{number[6:]}"
    birthday = _birthday(full, len(number) == OLD_LENGTH, field)
    if len(number) == OLD_LENGTH:
        full += _check_character(full)
    elif full[-1] != _check_character(full[:-1]):
        raise InvalidFieldError(
            field,
            _("证件号第 18 位不对，请核对（校验码应为 {check}）。").format(
                check=_check_character(full[:-1])
            ),
        )
    sex = Sex.MALE if int(full[16]) % 2 else Sex.FEMALE
    return IdNumber(full, IdDocument.ID_CARD, birthday, sex)


def _check_digits(number: str, field: str) -> None:
    body = number[:-1] if len(number) == FULL_LENGTH else number
    for place, sign in enumerate(body, 1):
        if not ("0" <= sign <= "9"):
            raise InvalidFieldError(
                field, _("证件号第 {place} 位不是数字，请核对。").format(place=place)
            )
    if not re.fullmatch(r"[0-9X]", number[-1]):
        raise InvalidFieldError(field, _("证件号第 18 位应为数字或 X，请核对。"))


def _birthday(full: str, is_old: bool, field: str) -> date:
    """The date inside; the places named are those of the number as it was written."""
    year, month, day = int(full[6:10]), int(full[10:12]), int(full[12:14])
    shift = 2 if is_old else 0
    wrong = ""
    if not _OLDEST_YEAR <= year <= _LATEST_YEAR:
        wrong = _("证件号第 7–10 位不对：{year} 不是出生年份，请核对。").format(year=full[6:10])
    elif not 1 <= month <= 12:
        wrong = _("证件号第 {first}–{last} 位不对：没有 {month} 月，请核对。").format(
            first=11 - shift, last=12 - shift, month=month
        )
    try:
        if not wrong:
            return date(year, month, day)
    except ValueError:
        wrong = _("证件号第 {first}–{last} 位不对：{year} 年 {month} 月没有 {day} 日。").format(
            first=13 - shift, last=14 - shift, year=year, month=month, day=day
        )
    raise InvalidFieldError(field, wrong)


def _check_character(seventeen: str) -> str:
    from stdnum.cn import ric

    calculate: Any = ric.calc_check_digit
    return str(calculate(f"{seventeen}0"))
