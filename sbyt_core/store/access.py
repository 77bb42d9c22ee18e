"""Who may do what in a project.

A person has one role in a project, or none: then the project does not exist for them. Whoever opens the store without
signing in sits at the computer that holds it (`LOCAL`) and may do everything; that name cannot be had by signing in.
The rights are checked by every method of the store, so no page can forget them.
"""

from __future__ import annotations

from sbyt_core.errors import NotAllowed, SbytError

LOCAL = "local"
CREATOR_ROLE = "consultant"

READ = "read"
RECORD = "record"  # notes, observations, acknowledgements: what is only ever added
EDIT = "edit"  # data, drafts, books, settings
OVERRIDE = "override"  # a client's class, with a reason
APPROVE = "approve"  # freeze a version
MANAGE = "manage"  # name, members, archive
EXPORT = "export"  # the whole project as a file

ACTIONS = (READ, RECORD, EDIT, OVERRIDE, APPROVE, MANAGE, EXPORT)
RIGHTS: dict[str, frozenset[str]] = {
    "consultant": frozenset(ACTIONS),
    "owner": frozenset(ACTIONS),
    "head": frozenset({READ, RECORD, EDIT, OVERRIDE}),
    "manager": frozenset({READ, RECORD}),
}
ROLES = tuple(RIGHTS)


def allowed(role: str | None, action: str) -> bool:
    """Whether a role of `ROLES` covers an action of `ACTIONS`; no role covers none."""
    if action not in ACTIONS:
        raise AssertionError(f"undeclared action {action!r}")
    return role is not None and action in RIGHTS[role]


def require(role: str | None, action: str) -> None:
    """Raises not_found to a stranger and NotAllowed where the role does not cover the action."""
    if role is None:
        raise SbytError("not_found", what="project")
    if not allowed(role, action):
        raise NotAllowed("not_allowed", action=action)


def signed_in(person: str) -> str:
    """The one spelling of a signed-in person: identity providers differ in case. Raises NotAllowed for no name and for `LOCAL`."""
    person = person.strip().casefold()
    if not person or person == LOCAL:
        raise NotAllowed("not_allowed", action=READ)
    return person
