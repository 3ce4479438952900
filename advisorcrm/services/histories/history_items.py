"""What hangs on a client's file, and how a change of it is told: one sentence before, one after.

``ITEMS`` is the whole declaration: a table that belongs to a client and is not here does not
appear in the client's change history.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from advisorcrm.i18n import N_, _
from advisorcrm.rules.masking import mask_account, mask_phone
from advisorcrm.services.files.client_points import mask_point
from advisorcrm.services.histories.history_words import Words

Row = Mapping[str, Any]
Say = Callable[[Words, Row], str]


@dataclass(frozen=True, slots=True)
class Item:
    """One kind of thing: what it is called, what it says, and what follows what.

    ``series`` names the things of which the newest counts, so that an answer is told beside the
    one before; without it each row is a thing of its own.
    """

    label: Say
    text: Say
    series: Callable[[Row], str] | None = None
    is_consent: bool = False


def _called(label: str) -> Say:
    return lambda _words, _row: _(label)


def _point(words: Words, row: Row) -> str:
    parts = (mask_point(row["kind"], str(row["value"])), row["validity"].label)
    return " ".join((*parts, words.free(row.get("note") or ""))).strip()


def _relation(words: Words, row: Row) -> str:
    other = row.get("other_client_id")
    name = words.name_of("other_client_id", other) if other else row.get("other_name") or ""
    decides = _("做决定") if row.get("decides") else ""
    phone = mask_phone(row.get("other_phone") or "")
    kind = words.say("relation", "kind", row["kind"])
    return " ".join(part for part in (kind, words.free(name), phone, decides) if part)


def _risk_test(words: Words, row: Row) -> str:
    return _("{level}，{tested} 测评，至 {expires}").format(
        level=row["level"].label, tested=row["tested_on"], expires=row["expires_on"]
    )


def _seat_use(words: Words, row: Row) -> str:
    until = row.get("left_on") or ""
    seat = words.name_of("seat_id", row["seat_id"])
    said = f"{seat} {row['entered_on']}–{until} {row.get('pass_no') or ''}".strip()
    ends_on = row.get("transition_ends_on")
    if not ends_on:
        return said
    return "，".join((said, _("条件不符，过渡期至 {day}").format(day=ends_on)))


def _counter_notice(words: Words, row: Row) -> str:
    parts = [words.free(str(row["matter"]))]
    if row.get("notified_on"):
        parts.append(_("{day} 已通知").format(day=row["notified_on"]))
    if row.get("renewed_on"):
        parts.append(_("{day} 已更新").format(day=row["renewed_on"]))
    return "，".join(parts)


def _product_sale(words: Words, row: Row) -> str:
    amount = words.say("product_sale", "amount_fen", row["amount_fen"])
    return f"{words.name_of('product_id', row['product_id'])} {amount} {row['sold_on']}"


def _privacy_request(words: Words, row: Row) -> str:
    state = _("已答复") if row.get("answered_at") else _("待答复")
    return f"{row['kind'].label} {row['asked_on']} {state}"


def _attachment(words: Words, row: Row) -> str:
    kind = words.say("attachment", "kind", row["kind"])
    return f"{kind} {words.file_name(str(row['file_name']))}".strip()


def _own_text(words: Words, row: Row) -> str:
    return words.own(row["own_field_id"], str(row.get("value") or ""))


ITEMS: Mapping[str, Item] = {
    "contact_point": Item(lambda _words, row: str(row["kind"].label), _point),
    "consent": Item(
        lambda _words, row: _("{channel}同意（{purpose}）").format(
            channel=row["channel"].label, purpose=row["purpose"].label
        ),
        lambda _words, row: str(row["state"].label),
        lambda row: f"consent.{row['channel'].value}.{row['purpose'].value}",
        is_consent=True,
    ),
    "risk_test": Item(_called(N_("风险测评")), _risk_test, lambda _row: "risk_test"),
    "relation": Item(_called(N_("家庭与关系")), _relation),
    "own_value": Item(
        lambda words, row: words.name_of("own_field_id", row["own_field_id"]), _own_text
    ),
    "seat_use": Item(_called(N_("机位")), _seat_use),
    "attachment": Item(_called(N_("附件")), _attachment),
    "client_account": Item(
        _called(N_("其他资金账号")), lambda _words, row: mask_account(str(row["account"]))
    ),
    "counter_notice": Item(_called(N_("到柜台更新")), _counter_notice),
    "product_sale": Item(_called(N_("产品销售")), _product_sale),
    "privacy_request": Item(_called(N_("个人信息请求")), _privacy_request),
}
