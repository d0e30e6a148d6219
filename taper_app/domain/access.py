"""Who may do what. Every service asks here, on every read and write."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from taper_app.domain.errors import Forbidden, Missing

SCOPES: Final = ("plan_dates", "plan", "doses", "flares", "check_ins", "options", "notes", "safety")
DEFAULT_SCOPES: Final = ("plan_dates", "flares")

# What each scope lets a caregiver see of the log. The answer about very low mood is no entry and is in no
# scope.
SCOPE_KINDS: Final[dict[str, tuple[str, ...]]] = {
    "plan_dates": (),
    "plan": (),
    "doses": ("dose",),
    "flares": ("flare",),
    "check_ins": ("check_in", "peg"),
    "options": ("option_tried",),
    "notes": ("note", "question", "condition", "baseline"),  # `health` is for the clinician's page alone
    "safety": ("naloxone",),
}

Action = Literal["read", "write"]


@dataclass(frozen=True, slots=True)
class Patient:
    """The person whose account it is."""

    account_id: str


@dataclass(frozen=True, slots=True)
class Caregiver:
    """Someone with an open share of one account; sees what the scopes allow and changes nothing."""

    share_id: str
    account_id: str
    scopes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Stranger:
    """Anyone else.

    Not signed in, or with a share that is unknown, expired or revoked (they look the same).
    """


Actor = Patient | Caregiver | Stranger


def require(actor: Actor, account_id: str, action: Action, scope: str | None = None) -> None:
    """Refuse unless the actor may do this in the account.

    `scope` None is what is the patient's own: shares, exports, changes of a plan. Raises Missing where the
    actor may not even know that the account is there, Forbidden where a caregiver reaches beyond the share.
    Raises ValueError for a scope that does not exist: that is a bug, not a refusal.
    """
    if scope is not None and scope not in SCOPES:
        raise ValueError(scope)
    match actor:
        case Patient() if actor.account_id == account_id:
            return
        case Caregiver() if actor.account_id == account_id:
            # A helper never activates, holds, resumes, revises, logs or shares.
            if action == "read" and scope is not None and scope in actor.scopes:
                return
            raise Forbidden()
        case _:
            raise Missing()


def may_read(actor: Actor, account_id: str, scope: str) -> bool:
    """Whether `require` lets the actor read this scope."""
    try:
        require(actor, account_id, "read", scope)
    except (Forbidden, Missing):
        return False
    return True


def kinds_for(scopes: frozenset[str]) -> frozenset[str]:
    """The kinds of entries that these scopes show; freshness counts these only."""
    return frozenset(kind for scope in scopes for kind in SCOPE_KINDS.get(scope, ()))
