"""Where an identity number was given: province and district, also of codes withdrawn since."""

from __future__ import annotations

import re
from typing import Any

_OUTSIDE = {"71": "台湾省", "81": "香港特别行政区", "82": "澳门特别行政区", "83": "台湾地区"}
_NO_DISTRICT = frozenset({"市辖区", "县", "市", "省直辖县级行政单位"})
_YEARS = re.compile(r"\[[^\]]*\]")


def region_of(id_number: str) -> str:
    """``江苏省南京市玄武区``; the province alone where the rest is not known, else empty."""
    if id_number[:2] in _OUTSIDE:
        return _OUTSIDE[id_number[:2]]
    province, district = _named(id_number[:6])
    _province, city = _named(f"{id_number[:4]}00")
    return "".join(dict.fromkeys(name for name in (province, city, district) if name))


def _named(code: str) -> tuple[str, str]:
    """Province and place of a code of six digits, as it was called last."""
    from stdnum import numdb

    database: Any = numdb.get("cn/loc")
    told: dict[str, str] = {}
    for _part, properties in database.info(code):
        told.update(properties)
    names = [name.strip(" ,") for name in _YEARS.split(told.get("county", ""))]
    name = next((name for name in reversed(names) if name), "")
    return told.get("province", ""), "" if name in _NO_DISTRICT else name
