"""From a cell to the value that is stored: one cleaner per field, the same rules as the screen.

A cleaner gets what the sheet holds (text, number, date) and returns the value, None for an
empty cell or ``UNCHANGED`` for a masked one; what is wrong raises InvalidFieldError.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import Enum
from functools import partial

from advisorcrm import terms
from advisorcrm.columns import CodeBook
from advisorcrm.errors import InvalidFieldError
from advisorcrm.i18n import _
from advisorcrm.imports.choices import (
    Choices,
    folded,
    listed_choices,
    service_choices,
    term_choices,
)
from advisorcrm.imports.client_fields import LABELS
from advisorcrm.imports.headings import Heading
from advisorcrm.imports.raw_table import Cell
from advisorcrm.models.base import LONG_TEXT
from advisorcrm.rules import written_dates
from advisorcrm.rules.amounts import read_money, read_rate
from advisorcrm.rules.id_numbers import read_id_number
from advisorcrm.rules.lunar import LunarDate, read_lunar
from advisorcrm.rules.masking import is_masked
from advisorcrm.rules.phones import read_phones
from advisorcrm.rules.written_dates import Birthday
from advisorcrm.rules.written_text import is_nothing, is_scientific, plain, without_control
from advisorcrm.services.client_checks import SHORT_TEXT, clean_email, clean_frequency
from advisorcrm.terms import ClientKind, IdDocument, PointKind, RiskLevel, Sex

Points = tuple[tuple[PointKind, str], ...]
Cleaner = Callable[[Cell], object]

EXACT_DIGITS = 10**15
"""From here on a number cell no longer holds every digit that was typed."""


class Mark(Enum):
    """Values that are none."""

    UNCHANGED = "unchanged"  # the cell is masked


UNCHANGED = Mark.UNCHANGED


@dataclass(frozen=True, slots=True)
class Values:
    """What one cell says about several fields at once."""

    fields: tuple[tuple[str, object], ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class ColumnContext:
    """What a cleaner needs to know besides the cell."""

    heading: Heading
    book: CodeBook
    today: date | None
    money_unit: int = 1

    def under(self, heading: Heading) -> ColumnContext:
        """The same for a column of this heading."""
        return replace(self, heading=heading)


def cleaner_for(field: str, context: ColumnContext) -> Cleaner:
    """The cleaner of one field under one heading."""
    if field in _LISTED:
        choices = listed_choices(field, _(LABELS[field]), _LISTED[field], context.book)
        return partial(_choice, choices, several=field in _SEVERAL)
    if field in _MADE:
        return _MADE[field](context)
    if field in _TERMS:
        return partial(_choice, term_choices(field, _(LABELS[field]), _TERMS[field]))
    return _PLAIN[field]


# --- texts ------------------------------------------------------------------------------------

_HAN_NAME = re.compile(r"[\u3400-\u9fff·]{2,20}")
_BLANKS_IN_NAME = re.compile(r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])")
_MASKED_NAME = re.compile(r"[^\W\d_]{0,2}[*＊]+[^\W\d_]{0,2}")
_WRAPPED = re.compile(r'="([^"]*)"')
_ZERO_WIDTH = re.compile("[\u200b\u200c\u2060\ufeff]")
_ACCOUNT = re.compile(r"[0-9A-Za-z-]{3,40}")
_DIGITS_OR_LETTERS = re.compile(r"[0-9A-Za-z]{3,40}")


def text_of(cell: Cell) -> str:
    """A cell as text: whole numbers without ``.0``, dates as written in forms."""
    if isinstance(cell, str):
        return cell
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return _("是") if cell else _("否")
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < EXACT_DIGITS:
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.strftime("%Y-%m-%d %H:%M") if cell.time() != datetime.min.time() else (
            cell.date().isoformat()
        )
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def clean_name(cell: Cell) -> object:
    """A client's name without padding; ``张*`` means unchanged."""
    if isinstance(cell, str) and _HAN_NAME.fullmatch(cell):
        return cell
    text = _ZERO_WIDTH.sub("", without_control(text_of(cell))).strip()
    found = _WRAPPED.fullmatch(text)
    text = _BLANKS_IN_NAME.sub("", " ".join((found[1] if found else text).split()))
    if _MASKED_NAME.fullmatch(text):
        return UNCHANGED
    if is_nothing(text):
        return None
    return _short("name", text)


def _short(field: str, text: str, limit: int = SHORT_TEXT) -> str:
    if len(text) > limit:
        raise InvalidFieldError(
            field,
            _("最多 {limit} 字，现有 {count} 字，请缩短。").format(limit=limit, count=len(text)),
        )
    return text


def _short_text(field: str, cell: Cell) -> object:
    text = _ZERO_WIDTH.sub("", without_control(text_of(cell))).strip()
    found = _WRAPPED.fullmatch(text)
    return None if is_nothing(text) else _short(field, found[1] if found else text)


def _address(cell: Cell) -> object:
    text = _short_text("address", cell)
    return UNCHANGED if isinstance(text, str) and is_masked(text) else text


def _remark(cell: Cell) -> object:
    """Kept character by character, but for what no sheet can hold."""
    text = text_of(cell)
    if not text.strip():
        return None
    if len(text) > LONG_TEXT:
        raise InvalidFieldError(
            "remark",
            _("有 {count} 字，最多 {limit} 字（表格的一格装不下更多），请缩短。").format(
                count=len(text), limit=LONG_TEXT
            ),
        )
    kept = without_control(text)
    if kept != text:
        return Values((("remark", kept),), _("内容里的控制字符已去掉。"))
    return text


def _key(field: str, cell: Cell) -> object:
    """An account or client number as text with its zeros; broken ones are refused."""
    if isinstance(cell, str) and _DIGITS_OR_LETTERS.fullmatch(cell) and not is_scientific(cell):
        return cell
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return _key_of_number(field, cell)
    text = re.sub(r"\s", "", plain(text_of(cell)))
    if is_nothing(text):
        return None
    if "*" in text:
        return UNCHANGED
    if is_scientific(text):
        raise InvalidFieldError(field, _broken_by_sheet())
    if text.endswith(".0") and text[:-2].isdecimal():
        text = text[:-2]
    if not _ACCOUNT.fullmatch(text):
        raise InvalidFieldError(field, _("只能有数字、字母和短横，3 到 40 位。"))
    return text


def _key_of_number(field: str, number: float) -> str:
    if number < 0 or abs(number) >= EXACT_DIGITS:
        raise InvalidFieldError(field, _broken_by_sheet())
    if number != int(number):
        raise InvalidFieldError(field, _("这里是小数，不是号码，请核对。"))
    return str(int(number))


def _broken_by_sheet() -> str:
    return _(
        "号码被表格软件改成科学计数或超过 15 位，末几位已丢失，无法还原。"
        "请把该列设为文本，从原系统重新导出。"
    )


# --- contact points ---------------------------------------------------------------------------

_MOBILE = re.compile(r"1[3-9]\d{9}")
_LIST = re.compile(r"[;；,，、\s|]+|:::")
_OTHER_LINE = re.compile(r"(\S+)\s+(\S.*)")


def _phones(field: str, cell: Cell) -> object:
    if isinstance(cell, str):
        if _MOBILE.fullmatch(cell):
            return ((PointKind.MOBILE, cell),)
        if "*" in cell or "＊" in cell:
            return UNCHANGED
    elif isinstance(cell, float) and abs(cell) >= EXACT_DIGITS:
        raise InvalidFieldError(field, _broken_by_sheet())
    found = read_phones(text_of(cell), field=field)
    return tuple((phone.point_kind, phone.value) for phone in found)


def _emails(cell: Cell) -> object:
    text = plain(text_of(cell))
    if is_nothing(text):
        return ()
    if "*" in text:
        return UNCHANGED
    return tuple(
        (PointKind.EMAIL, clean_email(part)) for part in _LIST.split(text) if part.strip()
    )


def _messenger(kind: PointKind, cell: Cell) -> object:
    text = plain(text_of(cell))
    if is_nothing(text):
        return ()
    return UNCHANGED if "*" in text else ((kind, _short(str(kind), text, 60)),)


def _other_points(cell: Cell) -> object:
    """``手机 139…`` a line, as our own list exports further numbers; a mask says ``另有 2 项``."""
    kinds = {kind.label_zh: kind for kind in PointKind}
    found: list[tuple[PointKind, str]] = []
    for line in text_of(cell).splitlines():
        parts = _OTHER_LINE.fullmatch(line.strip())
        kind = kinds.get(parts[1]) if parts else None
        if parts is None or kind is None or "*" in line:
            continue
        cleaner = _PLAIN[str(kind)]
        values = cleaner(parts[2])
        if isinstance(values, tuple):
            found.extend(values)
    return tuple(found)


# --- choices, dates, figures ------------------------------------------------------------------

_LISTED = {
    "tier": terms.TIER,
    "trading_habit": terms.TRADING_HABIT,
    "wealth_content": terms.WEALTH_CONTENT,
    "wealth_way": terms.WEALTH_WAY,
    "trading_way": terms.TRADING_WAY,
}
_SEVERAL = frozenset({"wealth_content", "wealth_way", "trading_way"})
_TERMS: dict[str, type[terms.Term]] = {
    "kind": terms.ClientKind,
    "birthday_kept": terms.BirthdayKept,
}


def _choice(choices: Choices, cell: Cell, *, several: bool = False) -> object:
    text = text_of(cell).strip()
    if not text:
        return None
    if "*" in text:
        return UNCHANGED
    return choices.several(text) if several else choices.one(text)


def _tier(context: ColumnContext) -> Cleaner:
    """客户类型; some sheets say 个人 or 机构 there, which is the kind of client."""
    listed = listed_choices("tier", _(LABELS["tier"]), terms.TIER, context.book)
    kinds = term_choices("kind", _(LABELS["kind"]), ClientKind)

    def clean(cell: Cell) -> object:
        text = text_of(cell).strip()
        kind = None if text.isdecimal() else kinds.words.get(folded(text))
        if kind is not None and folded(text) not in listed.words:
            return Values((("kind", ClientKind(kind)),))
        return _choice(listed, text)

    return clean


def _service_need(context: ColumnContext, *, asks_refusal: bool) -> Cleaner:
    title = _(LABELS["service_need"])
    return partial(
        _choice, service_choices("service_need", title, context.book, asks_refusal=asks_refusal)
    )


def _term(field: str, term: type[terms.Term], cell: Cell) -> object:
    found = _choice(term_choices(field, _(LABELS[field]), term), cell)
    return term(found) if isinstance(found, str) else found


def _sex(cell: Cell) -> object:
    return None if text_of(cell).strip() in ("保密", "3", "9", "其他") else _term("sex", Sex, cell)


def _stage(cell: Cell) -> object:
    """Our own words only: a counter's 正常 or 冻结 is not what the stage says."""
    known = {stage.label_zh: stage for stage in terms.ClientStage}
    return known.get(text_of(cell).strip(), UNCHANGED)


def _risk_level(cell: Cell) -> object:
    """``C3 稳健型``, ``C3``, ``稳健型``, ``C3（稳健）``."""
    text = text_of(cell).strip()
    found = re.match(r"[CcＣｃRr]\s*-?\s*([1-5１-５])", text)
    if found is not None:
        return RiskLevel(f"C{int(found[1])}")
    return _term("risk_level", RiskLevel, text)


def _date(field: str, context: ColumnContext) -> Cleaner:
    latest = context.today if field in ("opened_on", "risk_tested_on") else None

    def clean(cell: Cell) -> object:
        if isinstance(cell, str):
            if not cell.strip():
                return None
            if "*" in cell:
                return UNCHANGED
        return written_dates.read_date(cell, latest=latest, field=field)

    return clean


def _expiry(field: str, context: ColumnContext) -> Cleaner:
    read = _date(field, context)

    def clean(cell: Cell) -> object:
        if written_dates.is_permanent(text_of(cell)):
            is_document = field == "id_expires_on"
            return Values(
                (("id_expires_on", None), ("id_is_permanent", True)) if is_document else ()
            )
        if isinstance(cell, str):  # 2010.01.01-2030.01.01: the later one
            both = re.split(r"(?<=\d)\s*(?:-|—|至|到|~|－)\s*(?=(?:19|20)\d\d)", cell.strip())
            cell = both[-1]
        found = read(cell)
        if isinstance(found, date) and field == "id_expires_on":
            return Values((("id_expires_on", found), ("id_is_permanent", False)))
        return found

    return clean


def _birthday(context: ColumnContext) -> Cleaner:
    def clean(cell: Cell) -> object:
        if isinstance(cell, str):
            if not cell.strip():
                return None
            if "*" in cell:
                return UNCHANGED
        try:
            found = written_dates.read_birthday(cell, latest=context.today)
        except written_dates.IncompleteDateError as error:
            return Values((), error.reason)
        if found is None:
            return None
        if context.today is not None and found.solar is not None and found.solar > context.today:
            raise InvalidFieldError("birthday", _("生日不能晚于今天。"))
        simple = found.month_day is None and found.lunar is None and found.kept is None
        return found.solar if simple else _birthday_values(found)

    return clean


def _birthday_values(found: Birthday) -> Values:
    fields: list[tuple[str, object]] = []
    if found.solar is not None:
        fields.append(("birthday", found.solar))
    if found.month_day is not None:
        fields.append(("birthday_month_day", found.month_day))
    if found.lunar is not None:
        fields.extend(_lunar_fields(found.lunar))
    if found.kept is not None:
        fields.append(("birthday_kept", found.kept))
    return Values(tuple(fields))


def _lunar_fields(found: LunarDate) -> list[tuple[str, object]]:
    return [
        ("lunar_month", found.month),
        ("lunar_day", found.day),
        ("lunar_is_leap", found.is_leap),
    ]


def _lunar_birthday(cell: Cell) -> object:
    text = text_of(cell).strip()
    if is_nothing(text):
        return None
    return Values(tuple(_lunar_fields(read_lunar(text, field="lunar_birthday"))))


def _money(context: ColumnContext) -> Cleaner:
    unit = context.heading.money_unit or context.money_unit

    def clean(cell: Cell) -> object:
        if isinstance(cell, float):
            return read_money(cell, unit=unit, field="assets_fen")
        text = text_of(cell)
        return UNCHANGED if "**" in text else read_money(text, unit=unit, field="assets_fen")

    return clean


def _rate(context: ColumnContext) -> Cleaner:
    unit = context.heading.rate_unit

    def clean(cell: Cell) -> object:
        if isinstance(cell, float):
            return read_rate(cell, unit=unit)
        text = text_of(cell)
        return UNCHANGED if "*" in text else read_rate(text, unit=unit)

    return clean


def _id_number(cell: Cell) -> object:
    if isinstance(cell, (int, float)) and abs(cell) >= EXACT_DIGITS:
        raise InvalidFieldError(
            "id_number",
            _("证件号被表格软件改成科学计数，末几位已丢失，无法还原。请把该列设为文本后重填。"),
        )
    text = text_of(cell)
    if "*" in text or "＊" in text:
        return UNCHANGED
    return None if is_nothing(text) else text


def check_id_number(text: str, document: IdDocument | None) -> tuple[str, IdDocument]:
    """The number as it is stored, once the kind of document beside it is known."""
    found = read_id_number(text, document=document)
    if found is None:
        raise InvalidFieldError("id_number", _("证件号码是空的。"))
    return found.value, found.document


_PERIODS = (
    (re.compile(r"每?(?:天|日|工作日)(?:一次)?"), 1),
    (re.compile(r"每?(?:两|二|2|双)(?:周|星期)(?:一次)?|半月|每半(?:个)?月"), 14),
    (re.compile(r"每?(?:一|1)?(?:周|星期)(?:一次)?"), 7),
    (re.compile(r"每?(?:两|二|2|双)(?:个)?月(?:一次)?"), 60),
    (re.compile(r"每?(?:一|1)?(?:个)?月(?:度)?(?:一次)?"), 30),
    (re.compile(r"每?(?:一|1)?(?:个)?季(?:度)?(?:一次)?|每?(?:三|3)(?:个)?月(?:一次)?"), 90),
    (re.compile(r"每?半年(?:度)?(?:一次)?"), 180),
    (re.compile(r"每?(?:一|1)?年(?:度)?(?:一次)?"), 365),
)


def _frequency(cell: Cell) -> object:
    text = folded(text_of(cell))
    if is_nothing(text):
        return None
    number = re.fullmatch(r"(?:每)?(\d{1,4})(?:天|日)?(?:一次)?", text)
    if number is not None:
        return clean_frequency(int(number[1]))
    days = next((days for form, days in _PERIODS if form.fullmatch(text)), None)
    if days is None:
        raise InvalidFieldError(
            "contact_every_days", _("看不懂联系频率“{text}”。可以写 30 或 每月。").format(text=text)
        )
    return days


_MADE: dict[str, Callable[[ColumnContext], Cleaner]] = {
    "tier": _tier,
    "service_need": partial(_service_need, asks_refusal=False),
    "no_service": partial(_service_need, asks_refusal=True),
    "assets_fen": _money,
    "commission_ppm": _rate,
    "birthday": _birthday,
    "birthday_either": _birthday,
    "opened_on": partial(_date, "opened_on"),
    "risk_tested_on": partial(_date, "risk_tested_on"),
    "risk_expires_on": partial(_expiry, "risk_expires_on"),
    "id_expires_on": partial(_expiry, "id_expires_on"),
}
_PLAIN: dict[str, Cleaner] = {
    "name": clean_name,
    "name_family": clean_name,
    "name_middle": clean_name,
    "name_given": clean_name,
    "account": partial(_key, "account"),
    "client_no": partial(_key, "client_no"),
    "mobile": partial(_phones, "mobile"),
    "landline": partial(_phones, "landline"),
    "phone": partial(_phones, "phone"),
    "email": _emails,
    "wechat": partial(_messenger, PointKind.WECHAT),
    "qq": partial(_messenger, PointKind.QQ),
    "other_points": _other_points,
    "remark": _remark,
    "address": _address,
    "sex": _sex,
    "stage": _stage,
    "risk_level": _risk_level,
    "id_document": partial(_term, "id_document", IdDocument),
    "id_number": _id_number,
    "lunar_birthday": _lunar_birthday,
    "contact_every_days": _frequency,
} | {
    field: partial(_short_text, field)
    for field in (
        "investment_preference", "occupation", "job_title", "hobbies", "personality",
        "client_group", "advisor", "advisor_no", "convenient_time", "alias",
        "address_province", "address_city",
    )
}  # fmt: skip

UNIQUE = frozenset(
    {"name", "account", "client_no", "mobile", "landline", "phone", "email", "wechat", "qq",
     "other_points", "remark", "address", "id_number", "assets_fen", "name_given"}
)  # fmt: skip
"""Fields whose cells rarely repeat: remembering what they became would only cost memory."""
