"""What stands where a client's conversations would be: none yet, or none this person may read."""

from __future__ import annotations

from advisorcrm.i18n import _
from advisorcrm.services.access import Right
from advisorcrm.services.contacts.contact_log_rows import reads_own_only
from advisorcrm.views.surroundings import Surroundings


def say_no_contacts(around: Surroundings) -> str:
    """One line for a card."""
    if reads_own_only(around.actor):
        return _("这里只列出您自己登记的沟通。")
    if around.may(Right.LOG_CONTACTS):
        return _("还没有沟通。按 N 记第一条")
    return _("还没有沟通。")


def title_and_hint(around: Surroundings) -> tuple[str, str]:
    """Title and sentence of an empty timeline."""
    if reads_own_only(around.actor):
        return _("没有您登记的沟通"), say_no_contacts(around)
    return _("还没有沟通"), _("记下第一次沟通后会列在这里。")
