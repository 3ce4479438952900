"""Which client of ours a row of a sheet means.

Rows are matched by account, then by client number; rows with neither by telephone and name. A
key that collides while name or telephone differ is left undecided.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from advisorcrm.imports import doubt_reasons
from advisorcrm.imports.client_fields import POINT_FIELDS
from advisorcrm.imports.client_sheet import ClientSheetRow
from advisorcrm.imports.comparison import Points, phones_differ
from advisorcrm.imports.doubt_reasons import DoubtReason
from advisorcrm.imports.known_clients import KnownClients
from advisorcrm.imports.repeated_cards import lacks_only_its_name
from advisorcrm.services.access import Actor, sees_branch
from advisorcrm.terms import PointKind


@dataclass(frozen=True, slots=True)
class Matching:
    """Our clients, as far as a sheet may mean them, and the sheet's headings by field."""

    known: KnownClients
    headings: Mapping[str, str]
    actor: Actor

    def named(self, row: ClientSheetRow) -> ClientSheetRow:
        """A contact of numbers alone with the name of the one client of ours who has them."""
        if not lacks_only_its_name(row):
            return row
        owners = [self.known.by_point.get(value, ()) for _kind, value in row.values["points"]]
        whose = _only(set().union(*owners)) if all(owners) else None
        if whose is None or not self.is_mine(self.known.by_id[whose]):
            return row
        return row._replace(
            values={**row.values, "name": self.known.by_id[whose]["name"]}, faults=()
        )

    def match(self, row: ClientSheetRow) -> tuple[int | None, DoubtReason | None, str]:
        """The client a row means, or why that is undecided and which field collides."""
        values, known = row.values, self.known
        by_account = known.owner_of_account(values.get("account") or "")
        by_number = known.by_number.get(values.get("client_no") or "")
        client_id = by_number if by_account is None else by_account
        if client_id is None:
            has_key = values.get("account") or values.get("client_no")
            return (None, None, "") if has_key else self._match_person(values)
        if by_number not in (None, client_id):
            return None, DoubtReason(doubt_reasons.TWO_OWNERS), "account"
        key = "client_no" if by_account is None else "account"
        return client_id, self._doubt(known.by_id[client_id], values), key

    def is_mine(self, old: Mapping[str, Any]) -> bool:
        """Whether the person may change this client, who is still there."""
        return old["archived_at"] is None and (
            sees_branch(self.actor) or old["advisor_id"] == self.actor.user_id
        )

    def _doubt(self, old: Mapping[str, Any], values: Mapping[str, Any]) -> DoubtReason | None:
        account = values.get("account")
        if not self.is_mine(old):
            return None  # answered neutrally elsewhere
        is_further = self.known.by_further_account.get(account or "") == old["id"]
        if account and old["account"] and account != old["account"] and not is_further:
            return DoubtReason(doubt_reasons.OTHER_ACCOUNT)
        name = values.get("name")
        if name and name != old["name"] and "".join(name.split()) != "".join(old["name"].split()):
            return DoubtReason(doubt_reasons.OTHER_NAME, {"new": name, "old": old["name"]})
        if phones_differ(self.known.points.get(old["id"], ()), values.get("points") or ()):
            return DoubtReason(doubt_reasons.OTHER_PHONE)
        return None

    def _match_person(
        self, values: Mapping[str, Any]
    ) -> tuple[int | None, DoubtReason | None, str]:
        """Without account and number: the same name with a telephone in common."""
        known = self.known
        name, points = values.get("name"), values.get("points") or ()
        owners = {key for _kind, value in points for key in known.by_point.get(value, ())}
        same = set(known.by_name.get(name or "", ())) & (owners if points else known.by_id.keys())
        if len(same) == 1 and points:
            return same.pop(), None, ""
        namesakes = known.by_name.get(name or "", ())
        if same or any(not known.points.get(key) for key in namesakes):
            return None, DoubtReason(doubt_reasons.NAMESAKE), "name"
        others = self._owners_of_personal(points)
        if others:
            other = known.by_id[min(others)]["name"]
            reason = DoubtReason(doubt_reasons.OWNERS_PHONE, {"name": other})
            return _only(others), reason, self._field_of_shared(points)
        return None, None, ""

    def _field_of_shared(self, points: Points) -> str:
        """Which column brings the number or address that somebody else has."""
        shared = [kind for kind, value in points if self._owners_of_personal([(kind, value)])]
        kinds = map(str, shared)
        named = [name for name in (*kinds, *POINT_FIELDS) if name in self.headings]
        return named[0] if named else "name"

    def _owners_of_personal(self, points: Points) -> set[int]:
        """Whose number or address it is; a landline is that of a family or an office."""
        personal = [value for kind, value in points if kind is not PointKind.LANDLINE]
        return {key for value in personal for key in self.known.by_point.get(value, ())}


def _only(client_ids: Collection[int]) -> int | None:
    """The client a doubtful row may mean, if it can only be this one."""
    return next(iter(client_ids)) if len(client_ids) == 1 else None
