"""The page of one client: head, file, timeline; it lives on and shows one after the other."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from advisorcrm.columns import BRANCH_TIME
from advisorcrm.errors import InvalidFieldError, NotFoundError
from advisorcrm.i18n import _, ngettext
from advisorcrm.rules.missing_fields import MissingField, completeness
from advisorcrm.services.access import Right
from advisorcrm.services.client_edits import DRAFT_FORM, save_client_edit
from advisorcrm.services.client_files import ClientFile, open_client_file
from advisorcrm.services.client_points import archive_point, judge_point
from advisorcrm.services.conflicts import ClientConflictError
from advisorcrm.services.contact_logs import (
    ContactLogFilter,
    ContactLogRow,
    ContactLogTotals,
    count_contact_logs,
    list_contact_logs,
    list_open_steps,
)
from advisorcrm.services.drafts import DraftRow, list_drafts
from advisorcrm.services.users import list_advisors, list_groups
from advisorcrm.terms import Validity
from advisorcrm.views import messages, theme
from advisorcrm.views.clients.client_form import ClientForm, stored_of
from advisorcrm.views.clients.client_header import ClientHeader
from advisorcrm.views.clients.client_timeline import ClientTimeline
from advisorcrm.views.clients.conflict_dialog import ConflictDialog
from advisorcrm.views.clients.discard_dialog import DiscardDialog
from advisorcrm.views.clients.file_conflict import clashes_of, sides_of
from advisorcrm.views.clients.missing_list import MissingList
from advisorcrm.views.clients.next_steps_card import NextStepsCard
from advisorcrm.views.clients.page_keys import PageKeys
from advisorcrm.views.clients.recent_logs_card import SHOWN, RecentLogsCard
from advisorcrm.views.clients.surroundings import Surroundings
from advisorcrm.views.contacts.draft_keeper import DraftContent, DraftKeeper
from advisorcrm.views.reports import client_card
from advisorcrm.views.widgets.buttons import primary, quiet
from advisorcrm.views.widgets.inline_bar import InlineBar
from advisorcrm.views.widgets.label import Label
from advisorcrm.views.widgets.level import Level

_SIDE_PX = 320
FILE, TIMELINE = 0, 1
