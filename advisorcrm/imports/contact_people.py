"""A contact as a client: a name if there is any, one occupation, one address, all remarks."""
# Lines of remarks are stored, and prescribed forms are Chinese.  # chinese: data

from __future__ import annotations

from typing import Any

from advisorcrm.i18n import _
from advisorcrm.imports.contact_fields import PARTS
from advisorcrm.imports.vcard_points import address_line
from advisorcrm.models.base import REMARK_TEXT
from advisorcrm.services.files.client_checks import SHORT_TEXT
from advisorcrm.terms import ClientKind, PointKind


def complete_contact(values: dict[str, Any]) -> str:
    """Put the parts of a contact together in place; returns what there is to note about it."""
    parts = {name: values.pop(name, None) or "" for name in PARTS}
    lines = list(values.pop("remark_lines", ()))
    if not values.get("name"):
        values["name"] = parts["display_name"] or None
    note = "" if values["name"] else _name_otherwise(values)
    if values.get("employer") and values["employer"] == values.get("name"):  # a company's own card
        values["employer"], values["kind"] = None, ClientKind.INSTITUTION
    _set_joined(values, "occupation", [parts["department"], values.get("occupation")], " ", lines)
    family = [values.get("family"), *_relatives(parts)]
    _set_joined(values, "family", family, "；", lines)
    _set_address(values, parts, lines)
    remark = "\n".join(filter(None, (values.get("remark"), *dict.fromkeys(lines))))
    if remark:
        values["remark"] = remark[:REMARK_TEXT]
    if not values.get("point_notes"):
        values.pop("point_notes", None)
    return note


def _name_otherwise(values: dict[str, Any]) -> str:
    """What an address book shows for a card without a name: nickname, company, e-mail."""
    if values.get("alias"):
        values["name"] = values["alias"]
        return _("没有姓名，用了昵称，请核对。")
    if values.get("employer"):
        values["name"], values["employer"] = values["employer"], None
        values["kind"] = ClientKind.INSTITUTION
        return _("没有姓名，按单位名称导入为机构。")
    addresses = [value for kind, value in values.get("points", ()) if kind is PointKind.EMAIL]
    if not addresses:
        return ""
    values["name"] = addresses[0].partition("@")[0]
    return _("没有姓名，用了邮箱的名字，请核对。")


def _relatives(parts: dict[str, Any]) -> list[str]:
    """``配偶 样乙``: columns of their own in Outlook."""
    kinds = {"spouse": "配偶", "children": "子女"}
    return [f"{word} {parts[name]}" for name, word in kinds.items() if parts[name]]


def _set_joined(
    values: dict[str, Any], name: str, told: list[str | None], sign: str, lines: list[str]
) -> None:
    """Several texts in one field; what is too long for it stands in the remarks as well."""
    whole = sign.join(dict.fromkeys(filter(None, told)))
    if whole:
        values[name] = whole[:SHORT_TEXT]
    if len(whole) > SHORT_TEXT:
        lines.append(whole)


def _set_address(values: dict[str, Any], parts: dict[str, Any], lines: list[str]) -> None:
    """The private address; that of the employer where there is none, else among the remarks."""
    street, city, province = (parts[f"work_{name}"] for name in ("street", "city", "province"))
    work = street if city and city in street else address_line(["", "", street, city, province])
    if not (street and work):
        return
    if values.get("address"):
        lines.append(f"单位地址：{work}")
    else:
        values["address"] = work[:SHORT_TEXT]
