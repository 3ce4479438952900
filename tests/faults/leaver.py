"""A second program that is killed with files lying about: ``python -m tests.faults.leaver TARGET``.

Hands a form to another program, begins to write a report, tells both places and waits.
"""

from __future__ import annotations

import sys
from pathlib import Path

from advisorcrm import private_files
from advisorcrm.exports.files import write_whole


def main(target: str) -> None:
    """Stop half way through the report until somebody speaks."""
    _tell(private_files.hand_out("客户资料卡.pdf", b"%PDF"))

    def produce(draft: Path) -> None:
        draft.write_bytes(b"half a report")
        _tell(draft)
        sys.stdin.readline()

    write_whole(Path(target), produce)


def _tell(path: Path) -> None:
    sys.stdout.write(f"{path}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
