"""The contacts of a telephone or mail program (vCard) as one table: a row per card.

The cells carry the headings of a client list, so that mapping, cleaning, matching and storing
are the same. The rows are numbered as the cards are, from 1.
"""
# The words are those of cards and of the table they become.  # chinese: data

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator

from advisorcrm.errors import ImportRejectedError
from advisorcrm.i18n import _
from advisorcrm.imports.raw_table import Cell, RawTable, ReadingLimits, RowFault
from advisorcrm.imports.vcard_days import days_of, other_days
from advisorcrm.imports.vcard_lines import Card, Property, read_cards
from advisorcrm.imports.vcard_people import custom_of, family_of, name_of, related_people, sex_of
from advisorcrm.imports.vcard_points import addresses, emails, messengers, telephones
from advisorcrm.imports.vcard_values import BROKEN, first_filled, parts_of, text_of, words_of
from advisorcrm.rules.written_text import has_han

HEADINGS = (
    "姓名", "称呼", "手机", "住宅电话", "单位电话", "电话", "传真", "电子邮箱", "微信", "QQ",
    "生日", "农历生日", "性别", "客户类别", "单位", "部门", "职务", "家庭成员", "爱好",
    "地址", "通讯录分组", "备注",
)  # fmt: skip
_IN_SEVERAL_LANGUAGES = ("FN", "N", "ORG", "TITLE")
_ALWAYS = frozenset({"姓名", "手机"})
_RELATIONS = ("X-SPOUSE", "X-EVOLUTION-SPOUSE", "X-MS-SPOUSE", "X-MS-CHILD", "X-CHILDREN",
              "X-MANAGER", "X-MANAGERSNAME", "X-EVOLUTION-MANAGER", "X-MS-MANAGER", "X-ASSISTANT",
              "X-EVOLUTION-ASSISTANT", "X-MS-ASSISTANT", "X-ABRELATEDNAMES", "RELATED",
              "X-ANDROID-CUSTOM")  # fmt: skip
_THINGS = frozenset({"application", "device", "location"})
"""What a card may be about that is no person and no company (RFC 6350, 6473, 6869)."""


def read_vcards(data: bytes, name: str, limits: ReadingLimits) -> RawTable:
    """The one table of a file of cards. Raises ImportRejectedError for too many bytes."""
    if len(data) > limits.card_bytes:
        raise ImportRejectedError(
            _("通讯录有 {size} MB，超过 {limit} MB 的上限。请不带头像导出，或分几次。").format(
                size=len(data) >> 20, limit=limits.card_bytes >> 20
            )
        )
    rows: list[dict[str, str]] = []
    faults: list[RowFault] = []
    for number, card in enumerate(read_cards(data), 1):
        row = _row(card)
        rows.append(row)
        faults.extend(RowFault(number, reason) for reason in _faults(card, row))
    used = [heading for heading in HEADINGS if heading in _ALWAYS or any(map(_has(heading), rows))]
    cells: list[list[Cell]] = [[row.get(heading, "") for heading in used] for row in rows]
    head: list[Cell] = [*used]
    return RawTable(
        name,
        [head, *cells] if cells else [],
        first_row_number=0,
        is_cards=True,
        faults=tuple(faults),
    )


def _has(heading: str) -> Callable[[dict[str, str]], bool]:
    return lambda row: bool(row.get(heading))


def _faults(card: Card, row: dict[str, str]) -> Iterator[str]:
    kinds = [text_of(one).lower() for one in card.properties if one.name.endswith("KIND")]
    if "group" in kinds:
        yield _("这是一个联系人分组，不是一个人。")
    if _THINGS.intersection(kinds):
        yield _("这张名片是地点、设备或程序，不是一个人。")
    if not card.is_closed:
        yield _("这张名片没有结尾（END:VCARD），可能被截断，请核对。")
    if BROKEN in row["姓名"]:
        yield _("姓名里有读不出的字符，请核对原文件。")


def _row(card: Card) -> dict[str, str]:
    """Heading to cell of one card."""
    named: dict[str, list[Property]] = defaultdict(list)
    for one in card.properties:
        named[one.name].append(one)
    for name in _IN_SEVERAL_LANGUAGES:
        named[name].sort(key=_is_foreign)
    labels = {one.group: text_of(one) for one in named["X-ABLABEL"] if one.group}
    reach = telephones([*named["TEL"], *named["X-MS-TEL"]], labels) | messengers(card.properties)
    reach["电子邮箱"] = emails(named["EMAIL"])
    row = {heading: "\n".join(dict.fromkeys(cells)) for heading, cells in reach.items()}
    address, others = addresses(named["ADR"])
    row |= _person(named) | days_of(named, labels) | {"地址": address or _first(named["LABEL"])}
    row["通讯录分组"] = _words(named["CATEGORIES"])
    row["家庭成员"] = family_of(_related(named), labels)
    row["备注"] = "\n".join(part for part in (*_remarks(named, labels), *others) if part)
    return row


def _is_foreign(found: Property) -> bool:
    """Of one thing said in several languages the Chinese comes first."""
    return bool(found.parameter("LANGUAGE")) and not has_han(text_of(found))


def _person(named: dict[str, list[Property]]) -> dict[str, str]:
    custom = named["X-ANDROID-CUSTOM"]
    parts = parts_of(named["N"][0]) if named["N"] else []
    employer, *departments = parts_of(named["ORG"][0]) if named["ORG"] else [""]
    is_company = any(text_of(one).upper() == "COMPANY" for one in named["X-ABSHOWAS"])
    is_company = is_company or any(text_of(one).lower() == "org" for one in named["KIND"])
    name = name_of(_first(named["FN"]), parts)
    if name == employer and not any(parts):  # how a telephone shows a company
        is_company, employer = is_company or bool(name), ""
    sexes = (*named["GENDER"], *named["X-GENDER"], *named["SEX"], *named["X-WAB-GENDER"])
    return {
        "姓名": name,
        "称呼": _words(named["NICKNAME"]) or custom_of(custom, "nickname"),
        "单位": employer,
        "部门": " ".join(part for part in departments if part),
        "职务": _first(named["TITLE"]) or _first(named["ROLE"]),
        "客户类别": "机构" if is_company else "",
        "性别": sex_of(sexes, parts[3:5]) or custom_of(custom, "gender"),
        "爱好": _first(named["HOBBY"]) or _first(named["X-HOBBY"]),
    }


def _remarks(named: dict[str, list[Property]], labels: dict[str, str]) -> Iterator[str]:
    """The note, and what has no field of its own in a client's file."""
    yield from dict.fromkeys(text_of(one) for one in named["NOTE"])
    people = related_people(_related(named), labels)
    if people:
        yield f"相关的人：{people}"
    yield from other_days(named, labels)


def _related(named: dict[str, list[Property]]) -> list[Property]:
    return [one for name in _RELATIONS for one in named[name]]


def _words(found: list[Property]) -> str:
    return "、".join(dict.fromkeys(word for one in found for word in words_of(one)))


def _first(found: list[Property]) -> str:
    return first_filled(text_of(one) for one in found)
