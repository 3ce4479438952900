"""Who a card is about: name, employer, birthday in either calendar, remarks."""
# The words are those of cards and of the cells they become.  # chinese: data

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from advisorcrm.imports.contact_labels import FAMILY, label_shown
from advisorcrm.imports.vcard_lines import Property
from advisorcrm.imports.vcard_points import label_of
from advisorcrm.imports.vcard_values import first_filled, parts_of, text_of

_HAN = re.compile(r"[\u3400-\u9fff]")
_HAN_ONLY = re.compile(r"[\u3400-\u9fff·\s]+")
_NUMBER = re.compile(r"[+\d()\-\s*#.]{5,}")
_EMAIL = re.compile(r"\S+@\S+\.\S+")
_DAY = re.compile(r"(?P<year>\d{4})[-/.]?(?P<month>\d{1,2})[-/.]?(?P<day>\d{1,2})")
_EIGHT = re.compile(r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)")
_SEPARATED = re.compile(r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})")
_NO_YEAR = re.compile(r"--?(?P<month>\d\d)-?(?P<day>\d\d)|(?P<month2>\d{1,2})-(?P<day2>\d{1,2})")
_TIME = re.compile(r"[T ](?P<hour>\d\d):?\d\d(?::?\d\d)?(?:\.\d+)?(?P<zone>Z|[+-]\d\d:?\d\d)?$")
_YEAR = re.compile(r"\d{4}")
_LATE_HOURS = frozenset({"15", "16"})
"""Midnight in China, with and without the summer time of 1986 to 1991, as UTC."""
_NO_YEARS = frozenset({"0000", "1604"})
_LEAP = re.compile(
    r"(?<=[-/.\d])(?:L|闰|閏)(?P<month>\d{1,2})[-/.]?(?P<day>\d{1,2})$", re.IGNORECASE
)
_LUNAR_WORDS = re.compile(r"chinese|lunar|农历|阴历", re.IGNORECASE)
_SEXES = {"m": "男", "male": "男", "男": "男", "f": "女", "female": "女", "女": "女"}
_WINDOWS_SEXES = {"1": "女", "2": "男"}
_CUSTOM = re.compile(r"vnd\.[\w.]+\.item/(?P<kind>\w+)")
_CUSTOM_KINDS = ("birthday", "lunarBirthday", "nickname", "gender", "anniversary")
_RELATION_TYPES = frozenset({"SPOUSE", "CHILD", "PARENT", "SIBLING", "KIN", "FRIEND"})
_ANDROID_ANNIVERSARY, _ANDROID_BIRTHDAY = "1", "3"
_ANDROID_RELATIONS = {
    "2": "brother", "3": "child", "4": "partner", "5": "father", "6": "friend", "7": "manager",
    "8": "mother", "9": "parent", "10": "partner", "11": "referredby", "12": "relative",
    "13": "sister", "14": "spouse", "1": "assistant",
}  # fmt: skip
_NAMED_RELATIONS = {"SPOUSE": "spouse", "CHILD": "child", "MANAGER": "manager",
                    "ASSISTANT": "assistant"}  # fmt: skip
"""Words in names of properties: ``X-EVOLUTION-SPOUSE``, ``X-MS-CHILD``."""


def name_of(formatted: str, parts: Sequence[str]) -> str:
    """The name of the person, empty where the card has none but a number or an address."""
    family, given, middle, prefix, suffix = (*parts, *[""] * 5)[:5]
    whole = " ".join(formatted.split())
    if _NUMBER.fullmatch(whole) or _EMAIL.fullmatch(whole):
        whole = ""
    if _HAN.search(family + given):
        together = f"{family}{middle}{given}"
        is_reversed = _HAN_ONLY.fullmatch(whole) and " " in whole
        return "".join(together.split()) if not whole or is_reversed else whole
    if whole:
        return "".join(whole.split()) if _HAN_ONLY.fullmatch(whole) else whole
    spelt = " ".join(part for part in (prefix, given, middle, family, suffix) if part.strip())
    return "" if _NUMBER.fullmatch(spelt) or _EMAIL.fullmatch(spelt) else " ".join(spelt.split())


def birthdays(found: Iterable[Property]) -> tuple[str, str]:
    """The birthday and the lunar one, as cells."""
    solar, lunar = "", ""
    for one in found:
        told = " ".join((one.name, *(f"{key} {value}" for key, value in one.parameters)))
        value = text_of(one)
        if not value:
            continue
        if _LUNAR_WORDS.search(told) or one.name.endswith("ALTBDAY"):
            lunar = lunar or lunar_cell(value)
        else:
            solar = solar or solar_cell(value, one.parameter("X-APPLE-OMIT-YEAR"))
    return solar, lunar


def solar_cell(text: str, omitted_year: str = "") -> str:
    """``1968-04-15``, ``--04-15`` without a year; anything else as it stands."""
    at = _TIME.search(text)
    day = text[: at.start()] if at else text
    found = _EIGHT.fullmatch(day) or _SEPARATED.fullmatch(day)
    if found is not None:
        year, month, number = found["year"], int(found["month"]), int(found["day"])
        if year in _NO_YEARS or year == omitted_year:
            return f"--{month:02}-{number:02}"
        cell = f"{year}-{month:02}-{number:02}"
        is_eve = at is not None and at["zone"] == "Z" and at["hour"] in _LATE_HOURS
        return _next_day(cell) if is_eve else cell
    bare = _NO_YEAR.fullmatch(day)
    if bare is not None:
        month_text, day_text = bare["month"] or bare["month2"], bare["day"] or bare["day2"]
        return f"--{int(month_text):02}-{int(day_text):02}"
    return f"{text}年" if _YEAR.fullmatch(text) else text


def lunar_cell(text: str) -> str:
    """Month and day of the lunar calendar, 闰 for a leap month; words (八月十五) as they stand."""
    leap = _LEAP.search(text)
    if leap is not None:
        return f"闰{int(leap['month'])}-{int(leap['day'])}"
    found = _DAY.search(text) if not _HAN.search(text) else None
    if found is not None:
        return f"{int(found['month'])}-{int(found['day'])}"
    bare = _NO_YEAR.fullmatch(text)
    if bare is not None:
        return f"{int(bare['month'] or bare['month2'])}-{int(bare['day'] or bare['day2'])}"
    return text


def sex_of(found: Iterable[Property]) -> str:
    """男, 女, or nothing."""
    for one in found:
        word = parts_of(one)[0].lower()
        table = _WINDOWS_SEXES if one.name == "X-WAB-GENDER" else _SEXES
        if word in table:
            return table[word]
    return ""


def family_of(found: Iterable[Property], labels: Mapping[str, str]) -> str:
    """``配偶 样乙；子女 样小甲``: the relatives among those who belong to the person."""
    told = [f"{kind} {name}" for kind, name in _kinds(found, labels) if kind in FAMILY]
    return "；".join(dict.fromkeys(told))


def related_people(found: Iterable[Property], labels: Mapping[str, str]) -> str:
    """``样丙（上级）、…``: the others who belong to the person, for the remarks."""
    told = [
        f"{name}（{kind}）" if kind else name
        for kind, name in _kinds(found, labels)
        if kind not in FAMILY
    ]
    return "、".join(dict.fromkeys(told))


def _kinds(found: Iterable[Property], labels: Mapping[str, str]) -> list[tuple[str, str]]:
    told = []
    for one in found:
        if one.name == "X-ANDROID-CUSTOM":
            told += _of_android(one)
            continue
        typed = first_filled(sorted(one.types & _RELATION_TYPES))
        named = next((kind for word, kind in _NAMED_RELATIONS.items() if word in one.name), "")
        kind = label_shown(named) or label_of(one, labels) or label_shown(typed)
        name = " ".join(text_of(one).split())
        if name and not name.lower().startswith("urn:"):
            told.append((kind, name))
    return told


def _of_android(found: Property) -> list[tuple[str, str]]:
    """``vnd.android.cursor.item/relation;样乙;14``: the number tells who that is."""
    form, name, number, *_rest = [*parts_of(found), "", "", ""]
    if not form.endswith("item/relation") or not name.strip():
        return []
    return [(label_shown(_ANDROID_RELATIONS.get(number, "")), name.strip())]


def custom_of(found: Iterable[Property]) -> dict[str, str]:
    """What Android hides in ``X-ANDROID-CUSTOM``: nickname, birthday, lunar birthday, sex."""
    values = dict.fromkeys(_CUSTOM_KINDS, "")
    for one in found:
        parts = [*parts_of(one), "", ""]
        kind = _CUSTOM.fullmatch(parts[0])
        if kind is None or not parts[1]:
            continue
        if kind["kind"] == "contact_event" and parts[2] == _ANDROID_BIRTHDAY:
            values["birthday"] = solar_cell(parts[1])
        elif kind["kind"] == "contact_event" and parts[2] == _ANDROID_ANNIVERSARY:
            values["anniversary"] = solar_cell(parts[1])
        elif kind["kind"] in _CUSTOM_KINDS:
            values[kind["kind"]] = parts[1]
    return values


def _next_day(cell: str) -> str:
    try:
        return (date.fromisoformat(cell) + timedelta(days=1)).isoformat()
    except (ValueError, OverflowError):
        return cell
