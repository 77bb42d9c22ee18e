"""Projects, data sets, drafts, agreed versions, overrides and notes: kept with author and time, never lost.

`open_store()` opens the store of this installation; `Store.seen_by(person)` is what a signed-in person sees of it.
"""

from sbyt_core.store.access import ACTIONS, LOCAL, ROLES
from sbyt_core.store.client_facts import FactsFile
from sbyt_core.store.records import DataSet, Document, Entry, Event, Member, Note, Override, Project, Shape, Version
from sbyt_core.store.store import Store, open_store

__all__ = [
    "ACTIONS",
    "LOCAL",
    "ROLES",
    "DataSet",
    "Document",
    "Entry",
    "Event",
    "FactsFile",
    "Member",
    "Note",
    "Override",
    "Project",
    "Shape",
    "Store",
    "Version",
    "open_store",
]
