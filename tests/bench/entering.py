"""``python -m tests.bench.entering PLACE``: one sign-in, fresh as in the morning, and its limit."""

from __future__ import annotations

import base64
import json
import os
import sys
import time
from pathlib import Path

from tests.bench import raw
from tests.bench.branch import MANAGER, PASSWORD
from tests.bench.seat import Seat
from tests.bench.timing import median

_PAGE = f"""SELECT {raw.ROW} FROM client {raw.JOINS}
WHERE client.archived_at IS NULL ORDER BY assets_fen DESC, client.id DESC LIMIT 50"""
_LIMITS = 3


def main() -> None:
    """Print both in milliseconds."""
    place = Path(sys.argv[1])
    seat = Seat(place)
    seat.type_password()
    limits = []
    for _turn in range(_LIMITS):
        start = time.perf_counter()
        _open_raw(place)
        limits.append(time.perf_counter() - start)
    product = seat.sign_in()
    print(json.dumps({"product": product * 1000, "limit": median(limits) * 1000}), flush=True)
    seat._home.cleanup()
    os._exit(0)  # what the window reads behind the first page is not waited for


def _open_raw(place: Path) -> None:
    """Password to key, key to file, file to 50 rows."""
    from argon2.low_level import Type, hash_secret_raw
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    entry = json.loads(place.with_suffix(".vault").read_text("utf-8"))["people"][MANAGER]
    salt, nonce, wrap = (base64.b64decode(entry[name]) for name in ("salt", "nonce", "wrap"))
    passes, memory, lanes = entry["cost"]
    key = hash_secret_raw(PASSWORD.encode(), salt, passes, memory, lanes, 32, Type.ID)
    connection = raw.connect(place, AESGCM(key).decrypt(nonce, wrap, MANAGER.encode()))
    rows = connection.execute(_PAGE).fetchall()
    connection.close()
    if len(rows) != 50:
        raise AssertionError(f"{len(rows)} clients on the first page")


if __name__ == "__main__":
    main()
