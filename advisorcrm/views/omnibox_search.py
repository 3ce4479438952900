"""Answers the omnibox: clients best first, and conversations that mention the word."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject

from advisorcrm.columns import BRANCH_TIME
from advisorcrm.i18n import _, ngettext
from advisorcrm.rules.masking import hide_name, mask_name
from advisorcrm.services.access import Right
from advisorcrm.services.clients.client_search import FoundClient, FoundClients, find_clients
from advisorcrm.services.clients.clients import ClientFilter, count_matching
from advisorcrm.services.contacts.contact_log_rows import ContactLogFilter, ContactLogRow
from advisorcrm.services.contacts.contact_logs import list_contact_logs
from advisorcrm.terms import CONTACT_WAY, TIER
from advisorcrm.views.omnibox import CONTACTS, Omnibox
from advisorcrm.views.omnibox_painter import CLIENTS, Result
from advisorcrm.views.shell.parts import Action
from advisorcrm.views.surroundings import Surroundings
from advisorcrm.views.widgets.badge import BadgeText

_MOST_LOGS, _MOST_LATEST = 4, 2
_LEAST_WORD = 2
_QUOTED = 24
_TIER_KINDS = {"platinum": "platinum", "gold": "gold", "silver": "silver"}
_TAIL = (4, 12)


def is_tail(text: str) -> bool:
    """Whether a word is a part of an account or a telephone number, mostly its end."""
    return text.isascii() and text.isdecimal() and _TAIL[0] <= len(text) <= _TAIL[1]


class OmniboxSearch(QObject):
    """Asks the services while somebody types; older answers are dropped by key."""

    def __init__(self, around: Surroundings, box: Omnibox) -> None:
        super().__init__(box)
        self._around = around
        self._box = box
        self._is_private = False
        box.search_wanted.connect(self.search)

    def set_private(self, *, is_private: bool) -> None:
        """Name people by the surname only, for a desk in public view (F9)."""
        self._is_private = is_private
        self._box.forget_people()

    def search(self, query: str) -> None:
        """Look for clients at once and for words in conversations behind them."""
        jobs = self._around.jobs
        jobs.read(
            partial(find_clients, text=query, with_total=False),
            then=partial(self._show_clients, query),
            key="omnibox.clients",
        )
        if len(query) >= _LEAST_WORD and not query.isascii():
            jobs.read(
                partial(list_contact_logs, query=ContactLogFilter(text=query), limit=_MOST_LOGS),
                then=partial(self._show_logs, query),
                key="omnibox.contacts",
            )

    def _show_clients(self, query: str, found: FoundClients) -> None:
        results = [self._client(client) for client in found.clients]
        total = found.total if found.is_counted else 0
        self._box.show_results(query, CLIENTS, results, total)
        best = next((one for one in found.clients if one.why != "other"), None)
        actions = self._functions(best) if best else []
        self._box.offer_functions(query, actions)
        tail = next((part for part in reversed(query.split()) if is_tail(part)), "")
        if tail and self._around.may(Right.SEE_CLIENTS):
            self._around.jobs.read(
                partial(count_matching, query=ClientFilter(tail), today=self._around.today()),
                then=partial(self._offer_filter, query, actions, tail),
                key="omnibox.filter",
            )
        elif not found.is_counted:
            self._around.jobs.read(
                partial(count_matching, query=ClientFilter(query), today=self._around.today()),
                then=partial(self._show_total, query, actions),
                key="omnibox.filter",
            )
        elif found.total > len(found.clients):
            self._offer_filter(query, actions, query, found.total)
        if query.isascii() or len(query) < _LEAST_WORD:
            self._show_latest(query, best)

    def _show_total(self, query: str, actions: list[Action], total: int) -> None:
        self._box.show_total(query, CLIENTS, total)
        self._offer_filter(query, actions, query, total)

    def _offer_filter(self, query: str, actions: list[Action], text: str, count: int) -> None:
        """The list of clients with this tail, or of more than fit in here, as one more line."""
        if not count:
            return
        said = _("筛选“号码含 {tail}”") if is_tail(text) else _("筛选“{tail}”")
        many = ngettext("{count} 户", "{count} 户", count).format(count=f"{count:,}")
        show = partial(self._box.filter_wanted.emit, text)
        more = Action("found.filter", said.format(tail=text), show, icon="funnel", detail=many)
        self._box.offer_functions(query, [*actions, more])

    def _show_latest(self, query: str, best: FoundClient | None) -> None:
        """Where no word is searched, the last conversations with the client found best."""
        if best is None:
            self._box.show_results(query, CONTACTS, [])
            return
        latest = ContactLogFilter(client_id=best.id)
        self._around.jobs.read(
            partial(list_contact_logs, query=latest, limit=_MOST_LATEST),
            then=partial(self._show_logs, query),
            key="omnibox.contacts",
        )

    def _functions(self, client: FoundClient) -> list[Action]:
        may, box, actions = self._around.may, self._box, []
        if may(Right.LOG_CONTACTS):
            text = _("记沟通：{name}").format(name=self._shown(client.name))
            log = partial(box.second.emit, CLIENTS, client.id)
            actions.append(Action("found.log", text, log, letter="N"))
        if may(Right.EXPORT):
            text = _("打印客户卡：{name}").format(name=self._shown(client.name))
            out = partial(box.print_wanted.emit, client.id)
            actions.append(Action("found.print", text, out, icon="printer", letter="Ctrl+P"))
        return actions

    def _show_logs(self, query: str, logs: list[ContactLogRow]) -> None:
        self._box.show_results(query, CONTACTS, [self._log(log) for log in logs])

    def _client(self, client: FoundClient) -> Result:
        if client.why == "other":
            owner = client.advisor_name or _("待分配")
            return Result(self._shown(client.name), None, _("所属 {name}").format(name=owner))
        tail = _("账号尾号 {tail}").format(tail=client.account[-4:]) if client.account else ""
        letters = "" if self._is_private else client.initials
        initials = _("首字母 {letters}").format(letters=letters) if letters else ""
        facts = " · ".join(fact for fact in (client.phone, tail, initials) if fact)
        name, tier = self._shown(client.name), self._tier(client.tier)
        return Result(name, client.id, facts, badge=tier)

    def _shown(self, name: str) -> str:
        return mask_name(name) if self._is_private else name

    def _tier(self, tier: str | None) -> BadgeText | None:
        label = self._around.book.label(TIER, tier)
        return BadgeText(label, _TIER_KINDS.get(tier or "", "mute")) if label else None

    def _log(self, log: ContactLogRow) -> Result:
        day = log.contacted_at.astimezone(BRANCH_TIME).strftime("%m-%d")
        way = self._around.book.label(CONTACT_WAY, log.way)
        title = f"{self._shown(log.client_name)} · {day} {way}"
        said = hide_name(log.content, log.client_name) if self._is_private else log.content
        quoted = said[:_QUOTED]
        return Result(title, log.client_id, f"“{quoted}”", "message-square-text")
