"""``advisorcrm`` alone is the window; with arguments it is a small command line."""

from __future__ import annotations

import gc
import sys


def main() -> int:
    """Open the window or run one command; returns the exit status."""
    arguments = sys.argv[1:]
    if _is_window_call(arguments):
        # Nothing made before the first window is garbage; views/garbage.py takes over from there.
        gc.disable()
        from advisorcrm.app import open_window

        return open_window(arguments)
    from advisorcrm.cli.main import run

    return run(arguments)


def _is_window_call(arguments: list[str]) -> bool:
    """No argument, or ``--database PLACE`` alone, opens the window."""
    if not arguments:
        return True
    return arguments[0].startswith("--database") and len(arguments) == (
        1 if "=" in arguments[0] else 2
    )


if __name__ == "__main__":
    if getattr(sys, "frozen", False):
        import multiprocessing

        multiprocessing.freeze_support()  # a bundle starts its reading child through here
    sys.exit(main())
