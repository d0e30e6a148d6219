"""What every service begins with: whose account it is, and telling the bus afterwards."""

import json
from collections.abc import Collection

from taper_app.data import bus
from taper_app.data.engine import Session
from taper_app.data.repositories import accounts, helpers, shares
from taper_app.data.tables import Account
from taper_app.domain.access import Action, Actor, Caregiver, Helper, Patient, kinds_for, require
from taper_app.services.errors import NotSignedIn


def own_account(session: Session, actor: Actor, action: Action = "read") -> Account:
    """The actor's account (of a helper: the one helped), locked against other writers when it is to be written.

    Raises NotSignedIn for a stranger, Forbidden for a caregiver, and for a helper but for `enter`.
    """
    if not isinstance(actor, Patient | Caregiver | Helper):
        raise NotSignedIn()
    require(actor, actor.account_id, action)
    find = accounts.by_id if action == "read" else accounts.lock
    account = find(session, actor.account_id)
    if account is None:
        # Deleted while the page was open.
        raise NotSignedIn()
    return account


def changed(session: Session, account_id: str, scopes: Collection[str] = ()) -> None:
    """Say "changed" after the commit: to the patient, to shares with one of these scopes, and to helpers who enter such a kind.

    A share or helper hears nothing of what they may not see: otherwise it would tell when the phone is used.
    """
    bus.mark(session, account_id)
    if scopes:
        for share in shares.of_account(session, account_id):
            shows_it = set(json.loads(share.scopes)) & set(scopes)
            if shows_it and share.ended_at is None and share.paused_at is None and share.frozen_at is None:
                bus.mark(session, share.id)
        kinds = kinds_for(frozenset(scopes)) | ({"dose"} if "plan" in scopes else set())
        for grant in helpers.confirmed_of(session, account_id):
            if set(json.loads(grant.kinds)) & kinds:
                bus.mark(session, str(grant.helper_id))
