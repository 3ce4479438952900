"""``python -m tests.bench.handing_out PLACE FOLDER``: exports of the whole list, their time and
memory, and openpyxl's time for the same cells; in turn, and the best of each counts."""

from __future__ import annotations

import json
import resource
import sys
import time
from functools import partial
from pathlib import Path

from tests.bench import workload
from tests.bench.branch import MANAGER, PASSWORD

_ROUNDS = 2


def main() -> None:
    """Print both in seconds, and the highest memory of the export in megabytes."""
    place, folder = Path(sys.argv[1]), Path(sys.argv[2])
    product, limit, cells = [_export(place, folder / "product.xlsx")], [], 0
    highest = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    for _turn in range(_ROUNDS):
        took, cells = _export_raw(folder / "product.xlsx", folder / "limit.xlsx")
        limit.append(took)
        product.append(_export(place, folder / "product.xlsx"))
    found = {"product": min(product), "limit": min(limit), "mb": highest, "cells": cells}
    print(json.dumps(found))


def _export(place: Path, path: Path) -> float:
    from advisorcrm.exports.client_list import (
        ClientListRequest,
        export_client_list,
        register_client_list,
    )
    from advisorcrm.services.workplace import desk

    database = desk.sign_in(str(place), MANAGER, PASSWORD, now=workload.NOW)
    request = ClientListRequest()
    start = time.perf_counter()
    imprint = database.write(partial(register_client_list, request=request, now=workload.NOW))
    database.read(partial(export_client_list, request=request, imprint=imprint, path=path))
    took = time.perf_counter() - start
    database.close()
    return took


def _export_raw(written: Path, path: Path) -> tuple[float, int]:
    """The very cells of the product's file, in memory already, by openpyxl's fastest way."""
    import python_calamine

    from tests.bench.importing import write_rows

    sheet = python_calamine.CalamineWorkbook.from_path(str(written)).get_sheet_by_index(0)
    rows = sheet.to_python()
    start = time.perf_counter()
    write_rows(path, rows[0], rows[1:])
    return time.perf_counter() - start, sum(map(len, rows))


if __name__ == "__main__":
    main()
