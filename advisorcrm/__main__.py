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
    try:
        from advisorcrm.cli.main import run
    except KeyboardInterrupt:  # Ctrl+C before anything began: the same sentence, no traceback
        return _cancelled(arguments)
    return run(arguments)


def _cancelled(arguments: list[str]) -> int:
    import json

    from advisorcrm.i18n import _

    sentence = _("已取消，没有写入任何数据。")
    print(sentence, file=sys.stderr)  # noqa: T201 - the command line's own edge
    if "--json" in arguments:
        print(json.dumps({"error": sentence}))  # noqa: T201 - as above
    return 1


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
