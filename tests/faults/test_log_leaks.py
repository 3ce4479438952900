"""Fault 32: nothing personal reaches the program's own log, whatever goes wrong."""

from __future__ import annotations

import logging
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from sqlalchemy import text

from advisorcrm import errors, paths
from advisorcrm.db.database import Database, open_server
from advisorcrm.logs import log_bug, start_log
from advisorcrm.services.workplace import desk
from advisorcrm.views import messages
from tests.conftest import NOW
from tests.factories import People, make_client, make_log

pytestmark = pytest.mark.req("F32")

NAME, MOBILE, ACCOUNT = "欧阳文静", "13900000458", "010000007715"
ID_NUMBER, EMAIL, PASSWORD = "11010519491231002X", "wenjing@126.com", "correct-horse"
LANDLINE, CONTENT = "0531-86951100", "客户认为短期过热"
CANARIES = (NAME, MOBILE, ACCOUNT, ID_NUMBER, EMAIL, PASSWORD, "86951100", CONTENT, "文静")


@pytest.fixture
def log() -> Iterator[Callable[[], str]]:
    """Gives what stands in the log file so far."""
    logger = start_log()
    for handler in logger.handlers[:]:
        logger.removeHandler(handler)
        handler.close()

    def read() -> str:
        return (paths.log_dir() / "advisorcrm.log").read_text("utf-8")

    yield read
    for handler in logger.handlers[:]:
        logger.removeHandler(handler)
        handler.close()


def raised_by(work: Callable[[], object]) -> Exception:
    try:
        work()
    except Exception as error:  # noqa: BLE001 - whatever it is, it goes into the log
        return error
    raise AssertionError("nothing went wrong")


def test_no_failed_statement_puts_its_values_into_the_log(
    database: Database, people: People, log: Callable[[], str]
) -> None:
    values = {"name": NAME, "account": ACCOUNT, "mobile": MOBILE, "id_number": ID_NUMBER}
    database.write(lambda s, a: make_client(s, people.advisor, **values))
    insert = "INSERT INTO client_group (name) VALUES (:name)"
    database.write(lambda s, a: s.execute(text(insert), {"name": NAME}))
    raw = "SELECT * FROM nowhere WHERE name = :name AND mobile = :mobile"
    accidents: list[Callable[[], object]] = [
        lambda: database.write(lambda s, a: make_client(s, people.advisor, **values)),
        lambda: database.write(lambda s, a: s.execute(text(insert), {"name": NAME})),
        lambda: database.write(lambda s, a: s.execute(text(raw), values)),
        lambda: database.write(lambda s, a: s.execute(text("UPDATE client SET name = NULL"))),
        lambda: database.write(lambda s, a: make_log(s, people.advisor, 0, content=CONTENT)),
        lambda: database.write(lambda s, a: s.execute(text("DELETE FROM client"))),
    ]
    for accident in accidents:
        log_bug(raised_by(accident))

    written = log()
    assert written.count("Traceback") >= len(accidents)
    for canary in CANARIES:
        assert canary not in written, canary


def test_no_sign_in_that_fails_puts_a_password_into_the_log(
    tmp_path: Path, log: Callable[[], str]
) -> None:
    place = str(tmp_path / f"{NAME}.db")
    log_bug(raised_by(lambda: desk.sign_in(place, "LSL0042", PASSWORD, now=NOW)))
    address = f"postgresql+psycopg://crm:{PASSWORD}@127.0.0.1:9/{MOBILE}"
    server = open_server(address, "x")
    log_bug(raised_by(lambda: server.read(lambda s, a: s.execute(text("SELECT 1")))))
    log_bug(ValueError(f"cannot open {address}"))
    for canary in CANARIES:
        assert canary not in log(), canary


@pytest.mark.parametrize(
    "sentence",
    [
        f"{NAME} {MOBILE}",
        f"account={ACCOUNT}",
        f"{{'id_number': '{ID_NUMBER}'}}",
        f"write to <{EMAIL}>",
        f"password={PASSWORD!r}",
        f"tel:+86{MOBILE}",
        f"({LANDLINE})",
        f"mobile 1390-{MOBILE}",
    ],
)
def test_whatever_is_logged_on_purpose_is_starred_out(
    sentence: str, log: Callable[[], str]
) -> None:
    start_log().warning(sentence)
    start_log().warning("%s", sentence)
    logging.getLogger("advisorcrm.views").error(sentence)
    for canary in CANARIES:
        assert canary not in log(), canary
    assert log().count("\n") == 3


TOLD = f"{NAME} {MOBILE} {ACCOUNT} {ID_NUMBER} <{EMAIL}> {LANDLINE} {CONTENT} password={PASSWORD}"


def every_error() -> list[type[errors.AdvisorCrmError]]:
    """The whole tree of what the program says in a sentence."""
    return [
        kind
        for kind in vars(errors).values()
        if isinstance(kind, type) and issubclass(kind, errors.AdvisorCrmError)
    ]


@pytest.mark.parametrize("kind", every_error(), ids=lambda kind: kind.__name__)
def test_no_sentence_told_to_a_person_reaches_the_log(
    qapp: object,
    kind: type[errors.AdvisorCrmError],
    log: Callable[[], str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(messages, "open_dialog", lambda dialog: None)
    is_of_field = issubclass(kind, errors.InvalidFieldError)
    error = kind(TOLD, TOLD) if is_of_field else kind(TOLD)  # type: ignore[call-arg]
    messages.show_problem(error)
    log_bug(error)
    for canary in CANARIES:
        assert canary not in log(), canary


def test_what_is_copied_from_the_crash_dialog_is_starred_out(
    qapp: object, log: Callable[[], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[messages.CrashDialog] = []
    monkeypatch.setattr(messages, "open_dialog", opened.append)
    messages.show_problem(raised_by(lambda: {}[TOLD]))
    (dialog,) = opened
    assert "KeyError" in dialog.details
    dialog.copy_details()
    for canary in CANARIES:
        assert canary not in dialog.details + QGuiApplication.clipboard().text(), canary
    dialog.deleteLater()


CRASH = """
import ctypes, sys, threading
from advisorcrm.logs import start_log, watch_crashes

def stand(canaries, event=threading.Event()):
    event.wait()

start_log()
watch_crashes()
threading.Thread(target=stand, args=(sys.argv[1:],), daemon=True).start()
name, mobile = sys.argv[1:3]
ctypes.string_at(0)
"""


def test_a_program_that_is_torn_down_leaves_its_place_and_nothing_personal() -> None:
    done = subprocess.run(  # noqa: PLW1510 - it is meant to fail
        [sys.executable, "-c", CRASH, *CANARIES], capture_output=True, timeout=60
    )
    assert done.returncode < 0
    written = (paths.log_dir() / "crash.log").read_text("utf-8")
    assert "Segmentation fault" in written
    assert "in stand" in written, "every thread tells where it stood"
    for canary in CANARIES:
        assert canary not in written, canary
