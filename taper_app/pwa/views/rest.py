"""Options, questions, the guard, the safety card, refused entries."""

from dataclasses import dataclass

from taper_app.pwa.views.common import Day, Person


@dataclass(frozen=True)
class Tried:
    """How often an option was tried, and how it went the last time."""

    times: int
    last: Day
    before: str
    after: str


@dataclass(frozen=True)
class Question:
    """A question for the next visit."""

    id: str
    text: str
    day: Day
    sync: str


@dataclass(frozen=True)
class Guard:
    """Why the guard is open: codes of `domain/safety.py`, the most urgent first."""

    open: bool
    codes: list[str]
    above_step: bool
    skipped_two_days: bool
    resumed_after_hold: bool
    at_end: bool


@dataclass(frozen=True)
class Safety:
    """The patient's own part of the safety card."""

    people: list[Person]
    after_hours: str
    naloxone_place: str
    naloxone_expires: Day
    naloxone_expired: bool
    # Whether any plan in force is a patch: no page may then speak of warmth.
    patch: bool


@dataclass(frozen=True)
class Rejected:
    """An entry the server refused: it stays on the phone until it is mended or let go."""

    id: str
    record_id: str
    kind: str
    code: str
    message: str
    # When it was written, by which one knows it among others.
    day: Day
    time: str
