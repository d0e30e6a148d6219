"""All of it together."""

from dataclasses import dataclass

from taper_app.pwa.views.common import Day
from taper_app.pwa.views.forms import Forms
from taper_app.pwa.views.history import HistoryDay
from taper_app.pwa.views.rest import Guard, Question, Rejected, Safety, Tried
from taper_app.pwa.views.shared import Shared
from taper_app.pwa.views.today import Today


@dataclass(frozen=True)
class Store:
    """All of it: what `useStore()` returns."""

    # loading, ready, signed_out, ended (a share that is over), offline (nothing to show, and no line).
    phase: str
    ready: bool
    # Whether the last call reached the server.
    online: bool
    # When the plan shown was fetched; `stale` when that is over ten minutes ago and the line is down.
    known_day: Day
    known_time: str
    stale: bool
    # Another text after each time the server said that something had changed: a key, for what a State has to load again then.
    fetched: str
    # Entries not yet at the server (signed out: of whoever), and those it refused.
    waiting: int
    # Entries that this phone could not write down, and why: "full", "blocked". They are gone when the page is closed.
    loose: int
    trouble: str
    # Entries on this phone that cannot be read any more.
    damaged: int
    rejected: list[Rejected]
    account_id: str
    display_name: str
    zone: str
    # Names of plans not activated yet.
    drafts: list[str]
    today: Today
    history: list[HistoryDay]
    # By the option's id; an option never tried is not in it.
    options: dict[str, Tried]
    questions: list[Question]
    # The texts of `questions`, for `store.asked.contains(text)`.
    asked: list[str]
    # Where the last flare was, for "same places as last time".
    last_places: list[str]
    guard: Guard
    safety: Safety
    forms: Forms
    shared: Shared
    # The id of the entry recorded last, and its sync, for a quiet line "Saved".
    last_saved: str
    last_sync: str
