"""The tables: one module each. Importing this package makes the metadata complete."""

from advisorcrm.models.access_log import AccessLog
from advisorcrm.models.base import Base
from advisorcrm.models.branch import Branch
from advisorcrm.models.change_history import ChangeHistory
from advisorcrm.models.client import Client
from advisorcrm.models.client_search import ClientSearch
from advisorcrm.models.code_list import CodeListEntry
from advisorcrm.models.contact_log import ContactLog
from advisorcrm.models.contact_point import ContactPoint
from advisorcrm.models.draft import Draft
from advisorcrm.models.import_batch import ImportBatch
from advisorcrm.models.setting import Setting
from advisorcrm.models.user import ClientGroup, User, user_client_group

__all__ = [
    "AccessLog",
    "Base",
    "Branch",
    "ChangeHistory",
    "Client",
    "ClientGroup",
    "ClientSearch",
    "CodeListEntry",
    "ContactLog",
    "ContactPoint",
    "Draft",
    "ImportBatch",
    "Setting",
    "User",
    "user_client_group",
]
