"""The least that would do: the driver itself on the same encrypted file, SQL written by hand.

Every limit answers what the product answers (the columns of the list, a file with its index and
history), without masks, roles, types and sentences.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

CACHE_KIB = 65_536

ROW = """client.id, client.name, client.tier, client.risk_level, client.account,
(SELECT value FROM contact_point WHERE client_id = client.id AND kind = 'mobile'
 AND archived_at IS NULL ORDER BY position, id LIMIT 1),
client.assets_fen, client.commission_ppm,
(CASE WHEN EXISTS (SELECT 1 FROM contact_point WHERE client_id = client.id AND kind = 'mobile'
 AND validity = 'valid' AND archived_at IS NULL) THEN 12 ELSE 0 END
+ CASE WHEN EXISTS (SELECT 1 FROM contact_point WHERE client_id = client.id AND kind = 'email'
 AND validity = 'valid' AND archived_at IS NULL) THEN 6 ELSE 0 END
+ CASE WHEN address > '' THEN 5 ELSE 0 END
+ CASE WHEN tier > '' THEN 6 ELSE 0 END
+ CASE WHEN investment_preference > '' THEN 6 ELSE 0 END
+ CASE WHEN trading_habit > '' THEN 6 ELSE 0 END
+ CASE WHEN service_need > '' THEN 6 ELSE 0 END
+ CASE WHEN wealth_content > '' THEN 3 ELSE 0 END
+ CASE WHEN wealth_way > '' THEN 3 ELSE 0 END
+ CASE WHEN trading_way > '' THEN 6 ELSE 0 END
+ CASE WHEN commission_ppm IS NOT NULL THEN 6 ELSE 0 END
+ CASE WHEN client.kind = 'institution' OR birthday IS NOT NULL OR birthday_month_day > ''
 OR lunar_month IS NOT NULL THEN 6 ELSE 0 END
+ CASE WHEN client.kind = 'institution' OR occupation > '' THEN 5 ELSE 0 END
+ CASE WHEN client.kind = 'institution' OR hobbies > '' THEN 4 ELSE 0 END
+ CASE WHEN client.kind = 'institution' OR personality > '' THEN 3 ELSE 0 END
+ CASE WHEN risk_level > '' THEN 5 ELSE 0 END
+ CASE WHEN risk_expires_on IS NOT NULL THEN 4 ELSE 0 END
+ CASE WHEN id_expires_on IS NOT NULL OR id_is_permanent THEN 5 ELSE 0 END
+ CASE WHEN contact_every_days IS NOT NULL THEN 3 ELSE 0 END),
client.client_no, client.stage, user.name, user.employee_no, client_group.name,
client.trading_habit, client.service_need, client.investment_preference, client.trading_way,
client.contact_every_days, client.last_contact_at, client.opened_on, client.updated_at,
client.sex, client.kind, client.initials, client.risk_expires_on, client.id_expires_on,
client.advisor_id"""
"""The columns of the list."""

JOINS = """LEFT JOIN user ON user.id = client.advisor_id
LEFT JOIN client_group ON client_group.id = client.client_group_id"""


def connect(path: Path, key: bytes) -> Any:
    """A bare connection, as durable and with as much cache as the program's."""
    connection = dbapi2.connect(str(path), isolation_level=None, check_same_thread=False)
    for pragma in (
        "cipher_log_level = NONE",
        f"key = \"x'{key.hex()}'\"",
        f"cache_size = -{CACHE_KIB}",
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
