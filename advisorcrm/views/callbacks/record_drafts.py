"""A half-filled record of a return call, kept until it is saved: a crash costs two seconds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from functools import partial
from typing import Any

from PySide6.QtCore import QObject

from advisorcrm.rules.callback_records import CallbackAnswers
from advisorcrm.services.drafts import DraftRow, discard_draft
from advisorcrm.terms import CallbackGrade, CallbackOutcome
from advisorcrm.views.contacts.draft_keeper import DraftContent, DraftKeeper
from advisorcrm.views.surroundings import Surroundings

DRAFT_FORM = "callback"
"""Under this form the drafts of records are kept; their subject is the call's id."""


class RecordDrafts(DraftKeeper):
    """The keeper of the record that is being filled."""

    def __init__(self, around: Surroundings, content: Any, parent: QObject) -> None:
        super().__init__(around.jobs, (DRAFT_FORM, ""), around.now, content, parent)
        self._around = around

    def begin(self, callback_id: int, draft: DraftRow | None) -> None:
        """Another call is shown; the record of the one before was saved as it was left."""
        self.start((DRAFT_FORM, str(callback_id)), is_kept=draft is not None)

    def forget(self, callback_id: int) -> None:
        """The record was saved, whichever call is shown by now."""
        key = (DRAFT_FORM, str(callback_id))
        if self.key == key:
            self.discard()
        else:
            form, subject = key
            self._around.jobs.write(partial(discard_draft, form=form, subject=subject))


def content_of(client_name: str, answers: CallbackAnswers) -> DraftContent:
    """The record as a draft holds it."""
    return DraftContent(client_name, asdict(answers))


def answers_of(content: Mapping[str, Any]) -> CallbackAnswers:
    """The record as it was typed."""
    told = dict(content)
    told["outcome"] = CallbackOutcome(told["outcome"]) if told["outcome"] else None
    for name in ("service_grade", "product_grade"):
        told[name] = CallbackGrade(told[name]) if told[name] else None
    return CallbackAnswers(**told)


def draft_of(drafts: list[DraftRow], callback_id: int) -> DraftRow | None:
    """The draft of a call among all of a person's."""
    key = (DRAFT_FORM, str(callback_id))
    return next((one for one in drafts if (one.form, one.subject) == key), None)
