"""The views that come with the program: six on the page, the special lists behind a button."""

from __future__ import annotations

from dataclasses import dataclass, field

from advisorcrm import terms
from advisorcrm.i18n import N_, _
from advisorcrm.services.branch.settings import Settings
from advisorcrm.services.clients.clients import ClientFilter, ClientOrder
from advisorcrm.services.clients.saved_views import SavedViewRow
from advisorcrm.terms import ClientMatter, ClientStage

FULL_ENOUGH = 85
"""Files below this are listed as 档案待补."""

STALE_DAYS = 30
"""A file nobody has worked on for so long is stale (R69, R216)."""

_ON_SITE = "on_site"


@dataclass(frozen=True, slots=True)
class View:
    """A filter with a name; a saved one brings its order and columns."""

    key: str
    label: str
    query: ClientFilter
    order: ClientOrder | None = None
    columns: tuple[str, ...] = ()
    saved: SavedViewRow | None = field(default=None)


def built_in_views(settings: Settings, *, is_mine: bool) -> tuple[View, ...]:
    """The views always on the page; ``is_mine`` where the list holds own clients only."""
    high_end = N_("我的高端客户") if is_mine else N_("高端客户")
    return (
        View("all", _("全部"), ClientFilter()),
        View("high_end", _(high_end), ClientFilter(tiers=settings.high_end_tiers)),
        View("not_contacted", _("14 天未联系"), ClientFilter(not_contacted_days=14)),
        View("test_expires", _("测评 60 天内到期"), ClientFilter(risk_expires_within=60)),
        _about(ClientMatter.NO_CHANNEL),
        View("on_site", _("现场客户"), ClientFilter(trading_ways=(_ON_SITE,))),
    )


def special_views(*, is_mine: bool) -> tuple[tuple[View, ...], ...]:
    """The special lists in groups: files, the counter, what runs out, whom to win or meet."""
    stale = _("{days} 天未更新").format(days=STALE_DAYS)
    newcomers = [
        View("prospects", _("潜在客户"), ClientFilter(stages=(ClientStage.PROSPECT,))),
        _about(ClientMatter.FIRST_CONTACT),
    ]
    if not is_mine:
        newcomers.append(_about(ClientMatter.UNASSIGNED))
    return (
        (
            View("incomplete", _("档案待补"), ClientFilter(completeness_below=FULL_ENOUGH)),
            View("stale", stale, ClientFilter(not_updated_days=STALE_DAYS)),
            _about(ClientMatter.NEW_TODAY),
            _about(ClientMatter.CHANGED_TODAY),
        ),
        (
            _about(ClientMatter.TO_NOTIFY),
            _about(ClientMatter.TO_RENEW),
            View(
                "do_not_disturb",
                _("免打扰"),
                ClientFilter(service_needs=(terms.DO_NOT_DISTURB,)),
            ),
        ),
        (
            *(_test(days) for days in (30, 7, 0)),
            *(_document(days) for days in (90, 30, 0)),
        ),
        tuple(newcomers),
    )


def saved_view(row: SavedViewRow) -> View:
    """A saved view as the page shows it."""
    content = row.content
    return View(f"saved.{row.id}", row.name, content.query, content.order, content.columns, row)


def _about(matter: ClientMatter) -> View:
    return View(matter.value, matter.label, ClientFilter(matters=(matter,)))


def _test(days: int) -> View:
    label = _("测评 {days} 天内到期").format(days=days) if days else _("测评已到期")
    return View(f"test_{days}", label, ClientFilter(risk_expires_within=days))


def _document(days: int) -> View:
    label = _("证件 {days} 天内到期").format(days=days) if days else _("证件已到期")
    return View(f"document_{days}", label, ClientFilter(id_expires_within=days))
