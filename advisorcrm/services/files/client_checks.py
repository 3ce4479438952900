"""What each field of a client's file accepts, for pages, imports and services alike (R146)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from typing import Any

from sqlalchemy import bindparam, select, union_all
from sqlalchemy.orm import Session

from advisorcrm import terms
from advisorcrm.errors import InvalidFieldError
from advisorcrm.i18n import _
from advisorcrm.models import Client, ClientAccount, CodeListEntry
from advisorcrm.models.base import REMARK_TEXT
from advisorcrm.rules.amounts import MOST_FEN
from advisorcrm.rules.id_numbers import demand_born, read_id_number
from advisorcrm.rules.masking import is_masked
from advisorcrm.rules.noted_phones import read_noted_phone
from advisorcrm.rules.phones import read_phone
from advisorcrm.rules.written_text import plain
from advisorcrm.terms import PointKind

SHORT_TEXT = 120
HIGHEST_COMMISSION_PPM = 30_000
"""3 per cent: nothing a securities branch charges comes near it."""
EARLIEST = date(1880, 1, 1)
FIRST_MARKET_YEAR, LAST_YEAR = 1984, 2199
"""The first shares of the country were issued in 1984."""
_EMAIL = re.compile(r"[A-Za-z0-9._%+'-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}")
_BREAKS = re.compile(r"\s*[\r\n\t]\s*")
_ACCOUNT = re.compile(r"[0-9A-Za-z-]{3,40}")

CODES: dict[str, str] = {
    "tier": terms.TIER,
    "trading_habit": terms.TRADING_HABIT,
    "service_need": terms.SERVICE_NEED,
    "wealth_content": terms.WEALTH_CONTENT,
    "wealth_way": terms.WEALTH_WAY,
    "trading_way": terms.TRADING_WAY,
    "commission_attitude": terms.COMMISSION_ATTITUDE,
}
"""Fields that hold codes, and the list each belongs to."""

_TEXTS = frozenset(
    {"alias", "address", "convenient_time", "investment_preference", "occupation", "hobbies",
     "personality", "family", "education", "employer", "pinyin", "initials"}
)  # fmt: skip
_DATES = frozenset({"risk_tested_on", "risk_expires_on", "id_expires_on", "birthday", "opened_on"})
_AS_GIVEN = frozenset(
    {"sex", "kind", "stage", "advisor_id", "client_group_id", "risk_level", "id_document",
     "id_is_permanent", "birthday_month_day", "lunar_month", "lunar_day", "lunar_is_leap",
     "birthday_kept", "assets_fen", "commission_year_fen", "invests_since", "investor_kind"}
)  # fmt: skip
EDITABLE = (
    frozenset({"name", "account", "remark", "id_number", "commission_ppm", "contact_every_days"})
    | _TEXTS
    | _DATES
    | _AS_GIVEN
    | frozenset(CODES)
)
"""Fields a person may change in the file."""


def clean(session: Session, name: str, value: Any) -> Any:
    """The value as it is stored. Raises InvalidFieldError with what is wrong and what to do."""
    if name in CODES:
        return _codes(session, name, value)
    if name in _TEXTS:
        return clean_text(name, value)
    check: Callable[[Any], Any] | None = _CHECKS.get(name)
    if check is not None:
        return check(value)
    if name in _DATES and value is not None and value < EARLIEST:
        raise InvalidFieldError(name, _("日期早于 1880 年，请核对。"))
    return value


def clean_text(name: str, value: str | None, *, limit: int = SHORT_TEXT) -> str:
    """A text without control characters, within its length."""
    text = "".join(filter(_is_text, value or "")).strip()
    if len(text) > limit:
        raise InvalidFieldError(
            name,
            _("最多 {limit} 字，现有 {count} 字，请缩短。").format(limit=limit, count=len(text)),
        )
    return text


def _is_text(char: str) -> bool:
    # A wide blank is no printable character to Python, but people indent with it.
    return char.isprintable() or char in "\n\t" or unicodedata.category(char) == "Zs"


def clean_remark(value: str | None) -> str:
    """A remark, which may be a whole story: sheets show its beginning where a cell is too small."""
    return clean_text("remark", value, limit=REMARK_TEXT)


def clean_name(value: str | None) -> str:
    """A client's name: never empty, and one line however it was copied."""
    name = clean_text("name", _BREAKS.sub(" ", value or ""))
    if not name:
        raise InvalidFieldError("name", _("客户姓名不能为空。"))
    return name


def clean_account(value: str | None) -> str | None:
    """An account as text with its leading zeros; empty is none."""
    account = "".join(plain(value or "").split())
    if not account:
        return None
    if not _ACCOUNT.fullmatch(account):
        raise InvalidFieldError("account", _("资金账号只能有数字、字母和短横，3 到 40 位。"))
    return account


def clean_email(value: str | None) -> str:
    """An address that can be written to."""
    address = (value or "").strip()
    if _EMAIL.fullmatch(address):
        return address
    if "@" not in address:
        raise InvalidFieldError("email", _("电子邮箱里缺少 @，请核对。"))
    if "." not in address.rpartition("@")[2]:
        raise InvalidFieldError("email", _("缺少域名后缀，例如 .com"))
    raise InvalidFieldError("email", _("电子邮箱格式不对，请核对。"))


def clean_id_number(value: str | None) -> str | None:
    """An identity number, its check digit proven; other documents are kept as written."""
    text = "".join((value or "").split())
    if not text:
        return None
    if not _looks_like_id_card(text):
        return text[:40].upper()
    read = read_id_number(text)
    return read.value if read else None


def clean_commission(value: int | None) -> int | None:
    """A commission rate in parts per million."""
    if value is not None and not 0 <= value <= HIGHEST_COMMISSION_PPM:
        raise InvalidFieldError("commission_ppm", _("佣金应在 0 到 30‰ 之间，请核对单位。"))
    return value


def clean_assets(value: int | None) -> int | None:
    """Total assets in 分, of a size both databases hold."""
    if value is not None and abs(value) >= MOST_FEN:
        raise InvalidFieldError("assets_fen", _("金额太大，请核对单位。"))
    return value


def clean_year_commission(value: int | None) -> int | None:
    """Commission of twelve months in 分, of a size both databases hold."""
    if value is not None and not 0 <= value < MOST_FEN:
        raise InvalidFieldError("commission_year_fen", _("金额太大，请核对单位。"))
    return value


def clean_first_year(value: int | None) -> int | None:
    """Since which year somebody invests."""
    if value is not None and not FIRST_MARKET_YEAR <= value <= LAST_YEAR:
        raise InvalidFieldError("invests_since", _("请填年份，例如 2007。"))
    return value


def clean_frequency(value: int | None) -> int | None:
    """Agreed days between two contacts."""
    if value is not None and not 1 <= value <= 366:
        raise InvalidFieldError("contact_every_days", _("约定联系频率应在 1 到 366 天之间。"))
    return value


def clean_point(kind: PointKind, value: str) -> str:
    """A number or address of the given kind."""
    return clean_noted_point(kind, value)[0]


def clean_noted_point(kind: PointKind, value: str) -> tuple[str, str]:
    """A number or address of the given kind, and what was written beside a telephone number."""
    if kind is PointKind.EMAIL:
        return clean_email(value), ""
    if kind in (PointKind.MOBILE, PointKind.LANDLINE):
        phone, note = read_noted_phone(value, field=str(kind))
        return phone.value, note
    text = clean_text(str(kind), value, limit=60)
    if not text:
        raise InvalidFieldError(str(kind), _("请填写后再存。"))
    return text, ""


def clean_noted_phones(value: str) -> dict[str, Any]:
    """The telephone of a new client and what was written beside it, as records hold them."""
    if not value.strip():
        return {"points": []}
    phone, note = read_noted_phone(value, field="mobile")
    notes = {phone.value: note} if note else {}
    return {"points": [(phone.point_kind, phone.value)], "point_notes": notes}


def clean_phones(value: str) -> list[tuple[PointKind, str]]:
    """The telephone of a person beside the client, if any."""
    if not value.strip():
        return []
    phone = read_phone(value, field="mobile")
    return [(phone.point_kind, phone.value)]


_CLIENT = Client.__table__.c
_FURTHER = ClientAccount.__table__.c
_HAS_ACCOUNT = union_all(
    select(_CLIENT.id).where(
        _CLIENT.account == bindparam("account"), _CLIENT.id != bindparam("except_id")
    ),
    select(_FURTHER.client_id).where(_FURTHER.account == bindparam("account")),
)
_ENTRY = CodeListEntry.__table__.c
_KNOWN_CODES = select(_ENTRY.code).where(
    _ENTRY.list_name == bindparam("list_name"), _ENTRY.code.in_(bindparam("codes", expanding=True))
)


def demand_free_account(session: Session, account: str, *, except_id: int = 0) -> None:
    """Refuse an account another client has."""
    asked = {"account": account, "except_id": except_id}
    if session.connection().scalar(_HAS_ACCOUNT, asked) is not None:
        raise InvalidFieldError("account", _("这个资金账号已属于另一位客户，请核对。"))


def check_dates(client: Client, *, today: date) -> None:
    """Dates that contradict each other, told at the one that is easier to change."""
    if client.birthday is not None and client.birthday > today:
        raise InvalidFieldError("birthday", _("生日不能晚于今天。"))
    tested, expires = client.risk_tested_on, client.risk_expires_on
    if tested is not None and tested > today:
        raise InvalidFieldError("risk_tested_on", _("测评日期不能晚于今天。"))
    if tested is not None and expires is not None and expires < tested:
        raise InvalidFieldError("risk_expires_on", _("测评到期日早于测评日期，请核对。"))


def check_document(client: Client, *, today: date) -> None:
    """An identity number that is not one of its document, or of nobody born yet."""
    if client.id_number and (client.id_document or _looks_like_id_card(client.id_number)):
        found = read_id_number(client.id_number, document=client.id_document)
        if found is not None:
            demand_born(found, today)


def demand_unmasked(name: str, value: str | None) -> None:
    """Refuse what was typed into a mask: the stars would take the place of the true value."""
    if is_masked(value or ""):
        raise InvalidFieldError(name, _("这里还是掩码（带 * 号），请先显示完整内容再改。"))


def _codes(session: Session, name: str, value: Any) -> Any:
    codes = value if isinstance(value, (tuple, list)) else (value,) if value else ()
    if not codes:
        return value or None
    asked = {"list_name": CODES[name], "codes": list(codes)}
    known = set(session.connection().scalars(_KNOWN_CODES, asked))
    unknown = [code for code in codes if code not in known]
    if unknown:
        raise InvalidFieldError(name, _("没有“{code}”这个选项。").format(code=unknown[0]))
    return value or None


def _looks_like_id_card(text: str) -> bool:
    return len(text) in (15, 18) and text[:14].isdigit()


_CHECKS: dict[str, Callable[[Any], Any]] = {
    "name": clean_name,
    "account": clean_account,
    "id_number": clean_id_number,
    "commission_ppm": clean_commission,
    "assets_fen": clean_assets,
    "contact_every_days": clean_frequency,
    "commission_year_fen": clean_year_commission,
    "invests_since": clean_first_year,
    "remark": clean_remark,
}
