"""The program's own log: rotating, on this computer only, with everything personal starred out."""

from __future__ import annotations

import faulthandler
import logging
import re
from logging.handlers import RotatingFileHandler
from typing import IO

from advisorcrm import paths

_NUMBERS = re.compile(r"(?<!\d)\d(?:[\s-]?\d){5,}[Xx]?(?!\d)")
_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]+")
_SECRETS = re.compile(  # chinese: data
    r"(?i)(password|passwd|pwd|key|密码|密钥)(['\"]?\s*[=:：]\s*)[^\n]+"
)
_RECOVERY_KEYS = re.compile(r"\b(?:[2-9A-HJ-NP-Z]{4}-){3,}[2-9A-HJ-NP-Z]{4}\b")
_ADDRESSES = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
_CREDENTIALS = re.compile(r"://[^/\s@]+@")


_LARGEST_CRASH_LOG = 1_000_000
_crash_file: list[IO[str]] = []


class RedactingFormatter(logging.Formatter):
    """Writes no name, number, address or password, not even inside a traceback."""

    def format(self, record: logging.LogRecord) -> str:
        """Time, level and origin, then the message with everything personal starred out."""
        head = f"{self.formatTime(record)} {record.levelname} {record.name}"
        return f"{head} {redact(super().format(record))}"


def redact(text: str) -> str:
    """Star out numbers of six digits and more, Chinese text, addresses and secrets."""
    text = _CREDENTIALS.sub("://***@", text)
    text = _SECRETS.sub(r"\1\2***", text)
    text = _RECOVERY_KEYS.sub("***", text)
    text = _ADDRESSES.sub("***@***", text)
    text = _NUMBERS.sub("***", text)
    return _HAN.sub("※", text)


def start_log() -> logging.Logger:
    """The log file of this computer, made on first use."""
    logger = logging.getLogger("advisorcrm")
    if not any(isinstance(handler, RotatingFileHandler) for handler in logger.handlers):
        folder = paths.log_dir()
        folder.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(
            folder / "advisorcrm.log",
            maxBytes=1_000_000,
            backupCount=5,
            encoding="utf-8",
            delay=True,
        )
        handler.setFormatter(RedactingFormatter("%(message)s"))
        logger.addHandler(handler)
        logger.setLevel(logging.INFO)
        logger.propagate = False
    return logger


def watch_crashes() -> None:
    """Keep where every thread stood when the program is torn down: files and lines, no values."""
    folder = paths.log_dir()
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "crash.log"
    if path.is_file() and path.stat().st_size > _LARGEST_CRASH_LOG:
        path.unlink()
    # Open as long as the program lives: there is no opening a file in the middle of a crash.
    _crash_file.append(path.open("a", encoding="utf-8"))
    faulthandler.enable(_crash_file[-1], all_threads=True)


def leave_crashes() -> None:
    """Watch no longer: the program ends."""
    faulthandler.disable()
    while _crash_file:
        _crash_file.pop().close()


def log_bug(error: BaseException) -> None:
    """Keep the traceback of a bug; a log that cannot be written is no second accident."""
    try:
        start_log().error("unexpected", exc_info=(type(error), error, error.__traceback__))
    except OSError:
        return
