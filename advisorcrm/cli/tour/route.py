"""The way of the tour: who looks at what, in which order."""

from __future__ import annotations

from pathlib import Path

from advisorcrm.cli.tour.branch import BRANCH, TourBranch
from advisorcrm.cli.tour.calendar import visit_calendar
from advisorcrm.cli.tour.callbacks import visit_callbacks
from advisorcrm.cli.tour.care import visit_care
from advisorcrm.cli.tour.client import TourClient
from advisorcrm.cli.tour.dialogs import visit_dialogs
from advisorcrm.cli.tour.dialogs_of_manager import (
    visit_as_administrator,
    visit_dialogs_of_manager,
)
from advisorcrm.cli.tour.entrance import visit_entrance
from advisorcrm.cli.tour.fields import visit_fields
from advisorcrm.cli.tour.guide import TourGuide
from advisorcrm.cli.tour.manager import visit_as_manager
from advisorcrm.cli.tour.meetings import visit_meetings
from advisorcrm.cli.tour.papers import TourPapers
from advisorcrm.cli.tour.reminders import visit_reminders
from advisorcrm.cli.tour.standards import visit_standards
from advisorcrm.cli.tour.tasks import visit_tasks
from advisorcrm.db.database import open_for_reading
from advisorcrm.services.workplace.workplace import Workplace


def walk(home: Path, out: Path) -> list[Path]:
    """Take every picture, once for each language, look and size; returns the files in order."""
    guide = TourGuide(home, out)
    branch = TourBranch(home, guide.now)
    branch.fill()
    for _variant in guide.variants():
        visit_entrance(guide, guide.size, BRANCH)
        _visit_as_advisor(guide, branch)
        _visit_as_manager(guide, branch)
        with guide.window(branch.administrator) as window:
            visit_as_administrator(guide, window)
        _visit_protected_disk(guide, branch.advisor)
    client_id = TourClient(branch.advisor, out).client_id()
    papers = TourPapers(branch.advisor, branch.manager, out, guide.now).take(client_id)
    branch.lock()
    return [*guide.files, *papers]


def _visit_as_advisor(guide: TourGuide, branch: TourBranch) -> None:
    with guide.window(branch.advisor) as window:
        TourClient(branch.advisor, guide.out).visit(guide, window, branch.sheet)
        visit_reminders(guide, window)
        visit_calendar(guide, window)
        visit_dialogs(guide, window)


def _visit_as_manager(guide: TourGuide, branch: TourBranch) -> None:
    with guide.window(branch.manager) as window:
        visit_as_manager(guide, window)
        visit_standards(guide, window)
        visit_fields(guide, window)
        visit_tasks(guide, window)
        visit_care(guide, window)
        visit_callbacks(guide, window)
        visit_meetings(guide, window)
        visit_dialogs_of_manager(guide, window)


def _visit_protected_disk(guide: TourGuide, workplace: Workplace) -> None:
    """The same branch, where nothing can be written."""
    database = open_for_reading(Path(workplace.location), workplace.database.key)
    database.actor = workplace.actor
    with guide.window(Workplace(workplace.location, database)) as window:
        guide.picture("02-read-only", window.main_window)
    database.close()
