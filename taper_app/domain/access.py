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

# What a helper may enter, and nothing else: not the weekly question, the visit, the medicine cabinet or the notes.
HELPER_KINDS: Final = ("dose", "flare", "check_in", "option_tried")

# "enter" is writing into the log and reading what is needed for it: the one thing that a helper may do.
Action = Literal["read", "write", "enter"]


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
class Helper:
    """A second adult with an account of their own (`helper_account_id`), whom the patient of `account_id` let enter.

    `name` is what they are called today; `kinds` of entries are those that the patient lets them enter and see.
    """

    account_id: str
    helper_account_id: str
    name: str
    kinds: frozenset[str]


@dataclass(frozen=True, slots=True)
class Stranger:
    """Anyone else.

    Not signed in, or with a share that is unknown, expired or revoked (they look the same).
    """


Actor = Patient | Caregiver | Helper | Stranger


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
            # Someone with a share only looks.
            if action == "read" and scope is not None and scope in actor.scopes:
                return
            raise Forbidden()
        case Helper() if actor.account_id == account_id:
            # A helper never activates, holds, resumes, revises, closes or shares, and reads no scope of the account.
            if action == "enter" and scope is None:
                return
            raise Forbidden()
        case _:
            raise Missing()


def kinds_for(scopes: frozenset[str]) -> frozenset[str]:
    """The kinds of entries that these scopes show; freshness counts these only."""
    return frozenset(kind for scope in scopes for kind in SCOPE_KINDS.get(scope, ()))
