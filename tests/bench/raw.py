"""The least that would do: the driver itself on the same encrypted file, SQL written by hand.

Every limit answers what the product answers (the columns of the list, a file with its index and
history), without masks, roles, types and sentences.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from advisorcrm.db.engines import READ_CACHE_KIB
from advisorcrm.rules.file_conditions import DOOR_WORDS

_POINT = "SELECT 1 FROM contact_point WHERE client_id = client.id AND archived_at IS NULL AND"
_KIN = """SELECT 1 FROM relation WHERE client_id = client.id AND archived_at IS NULL
AND kind IN ('spouse', 'parent', 'child', 'sibling', 'relative')"""
_ASKED = "SELECT 1 FROM consent WHERE client_id = client.id AND state != 'not_asked' AND"
_DOOR = " OR ".join(f"address LIKE '%{word}%'" for word in DOOR_WORDS)
_FILLED = (
    ("tier", 5), ("investment_preference", 5), ("trading_habit", 5), ("service_need", 5),
    ("trading_way", 5), ("commission_attitude", 4),
)  # fmt: skip

PERCENT = f"""(
  CASE WHEN EXISTS ({_POINT} kind = 'mobile' AND validity = 'valid'
                    AND verified_on >= '2025-11-20') THEN 10 ELSE 0 END
+ CASE WHEN EXISTS ({_POINT} kind = 'email' AND validity != 'invalid') THEN 5 ELSE 0 END
+ CASE WHEN {_DOOR} THEN 4 ELSE 0 END
+ CASE WHEN EXISTS ({_POINT} kind = 'landline' AND validity != 'invalid')
         OR EXISTS ({_KIN} AND (other_phone > '' OR other_client_id IS NOT NULL)) THEN 3 ELSE 0 END
+ {" + ".join(f"CASE WHEN {name} > '' THEN {weight} ELSE 0 END" for name, weight in _FILLED)}
+ CASE WHEN wealth_content > '' AND wealth_way > '' THEN 5 ELSE 0 END
+ CASE WHEN commission_ppm IS NOT NULL THEN 5 ELSE 0 END
+ CASE WHEN client.kind = 'institution' OR birthday IS NOT NULL OR birthday_month_day > ''
         OR lunar_month IS NOT NULL THEN 6 ELSE 0 END
+ CASE WHEN client.kind = 'institution' OR occupation > '' THEN 4 ELSE 0 END
+ CASE WHEN client.kind = 'institution' OR hobbies > '' THEN 3 ELSE 0 END
+ CASE WHEN client.kind = 'institution' OR family > '' OR EXISTS ({_KIN}) THEN 3 ELSE 0 END
+ CASE WHEN client.kind = 'institution' OR personality > '' THEN 2 ELSE 0 END
+ CASE WHEN risk_level > '' AND risk_expires_on >= '2026-11-20' THEN 9 ELSE 0 END
+ CASE WHEN id_expires_on >= '2026-11-20' OR id_is_permanent THEN 4 ELSE 0 END
+ CASE WHEN EXISTS ({_ASKED} channel = 'sms') AND EXISTS ({_ASKED} channel = 'phone')
       THEN 5 ELSE 0 END
+ CASE WHEN contact_every_days IS NOT NULL THEN 3 ELSE 0 END)"""
"""Completeness by the weights a branch begins with, on the day of the benchmark."""

_ANSWER = """SELECT 1 FROM consent a WHERE a.client_id = client.id AND a.channel = '{}'
AND a.state IN ({}) AND NOT EXISTS (SELECT 1 FROM consent b WHERE b.client_id = a.client_id
 AND b.channel = a.channel AND b.purpose = a.purpose
 AND (b.answered_at > a.answered_at OR b.answered_at = a.answered_at AND b.id > a.id))"""
_NO = "'refused', 'withdrawn'"
_YES = "'given'"
SMS = f"""CASE
WHEN NOT EXISTS (SELECT 1 FROM consent WHERE client_id = client.id AND channel = 'sms')
 THEN 'sms_not_asked'
WHEN EXISTS ({_ANSWER.format("sms", _YES)}) THEN 'sms_given'
WHEN NOT EXISTS ({_ANSWER.format("sms", _NO)}) THEN 'sms_not_asked'
WHEN EXISTS ({_ANSWER.format("phone", _YES)}) AND NOT EXISTS ({_ANSWER.format("mail", _YES)})
 AND NOT EXISTS ({_ANSWER.format("wechat", _YES)}) THEN 'phone_only'
ELSE 'sms_refused' END"""
"""What a list says of short messages."""

ROW = f"""client.id, client.name, client.tier, client.risk_level, client.account,
(SELECT value FROM contact_point WHERE client_id = client.id AND kind = 'mobile'
 AND archived_at IS NULL ORDER BY position, id LIMIT 1),
client.assets_fen, client.commission_ppm,
{PERCENT},
client.client_no, client.stage, user.name, user.employee_no, client_group.name,
client.trading_habit, client.service_need, client.investment_preference, client.trading_way,
client.contact_every_days, client.last_contact_at, client.opened_on, client.updated_at,
client.sex, client.kind, client.initials, client.risk_expires_on, client.id_expires_on,
client.advisor_id, client.is_restricted,
{SMS},
EXISTS ({_POINT} kind IN ('mobile', 'landline', 'email', 'wechat') AND validity != 'invalid')"""
"""The columns of the list."""

JOINS = """LEFT JOIN user ON user.id = client.advisor_id
LEFT JOIN client_group ON client_group.id = client.client_group_id"""


def connect(path: Path, key: bytes) -> Any:
    """A bare connection, as durable and with as much cache as the program's."""
    connection = dbapi2.connect(str(path), isolation_level=None, check_same_thread=False)
    for pragma in (
        "cipher_log_level = NONE",
        f"key = \"x'{key.hex()}'\"",
        f"cache_size = -{READ_CACHE_KIB}",
        "foreign_keys = ON",
        "journal_mode = WAL",
        "synchronous = FULL",
        "busy_timeout = 5000",
    ):
        connection.execute(f"PRAGMA {pragma}").close()
    connection.create_function("acting_user", 0, lambda: "B0001")
    connection.create_function("acting_reason", 0, lambda: "")
    connection.create_function("acting_set", 0, lambda: 1)
    return connection
