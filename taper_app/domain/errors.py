"""Refusals by name. A refusal carries a code, a field and safe English words; it knows no HTTP."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import ClassVar, Literal

Kind = Literal["invalid", "conflict", "forbidden", "missing"]


class Refusal(Exception):
    """Base of every refusal.

    `code` is snake_case, `field` a dotted path such as "steps.0.doses.1.at" or None, `message` plain English
    that is safe to show (it repeats nothing that was typed), `params` strings for a translated sentence.
    `kind` says what sort it is: the API maps invalid to 422, conflict to 409, forbidden to 403, missing to
    404.
    """

    kind: ClassVar[Kind] = "invalid"
    default_code: ClassVar[str] = "refused"
    default_message: ClassVar[str] = "This was not accepted."

    def __init__(
        self,
        code: str | None = None,
        field: str | None = None,
        message: str | None = None,
        params: Mapping[str, str] | None = None,
    ) -> None:
        self.code: str = code or self.default_code
        self.field: str | None = field
        self.message: str = message or self.default_message
        self.params: dict[str, str] = dict(params or {})
        super().__init__(self.code, self.field)

    def __str__(self) -> str:
        return f"{self.code} ({self.field})" if self.field else self.code


class Invalid(Refusal):
    """One value that is wrong in itself."""

    default_code = "invalid"
    default_message = "Please check this."


class InvalidMany(Invalid):
    """Several values are wrong.

    `errors` holds each, so a form can show each beside its field (never empty).
    """

    def __init__(self, errors: Iterable[Invalid]) -> None:
        self.errors: list[Invalid] = list(errors)
        first = self.errors[0]
        super().__init__(first.code, first.field, first.message, first.params)


@dataclass(frozen=True, slots=True)
class Blank:
    """Something a draft still lacks: `field` is a dotted path, `code` says what (see validate.blanks)."""

    field: str
    code: str


class PlanBlank(InvalidMany):
    """The plan cannot be activated yet; `blanks` names each thing that is missing."""

    def __init__(self, blanks: Iterable[Blank]) -> None:
        self.blanks: list[Blank] = list(blanks)
        super().__init__(
            Invalid(b.code, b.field, "This is still blank, or does not fit.") for b in self.blanks
        )


class NotConfirmed(Invalid):
    """A plan is activated only after it was confirmed with the prescriber."""

    default_code = "not_confirmed"
    default_message = "Please confirm the plan with the prescriber first."

    def __init__(self) -> None:
        super().__init__(field="confirmed_with_prescriber")


class WindowTooLong(Invalid):
    """More days were asked for than one answer holds."""

    default_code = "window_too_long"
    default_message = "Please ask for at most 800 days."


class ResumeBeforeHold(Invalid):
    """The day to go on lies before the hold began."""

    default_code = "resume_before_hold"
    default_message = "This is before the hold began."


class NotEffectiveOn(Invalid):
    """The first step of a revision starts on another day than the revision."""

    default_code = "not_effective_on"
    default_message = "The first step must start on the day the new plan starts."


class NotAfterStep(Invalid):
    """A step would start on or before the start of the step that it follows."""

    default_code = "not_after_step"
    default_message = "This is not after the start of the step before."


class Conflict(Refusal):
    """Base of what is well formed but does not fit what is already recorded."""

    kind = "conflict"
    default_code = "conflict"
    default_message = "This does not fit what is already recorded."


class NotDraft(Conflict):
    """Only a draft may be changed, deleted or activated."""

    default_code = "not_draft"
    default_message = "This plan is already active."


class IsDraft(Conflict):
    """A draft takes no events."""

    default_code = "is_draft"
    default_message = "This plan is still a draft."


class NotActive(Conflict):
    """The day is not one on which the plan is active."""

    default_code = "not_active"
    default_message = "The plan is not active on that day."


class OutOfOrder(Conflict):
    """The day lies before the last resumption or before the latest revision."""

    default_code = "out_of_order"
    default_message = "This is before the last change of the plan."


class HoldOpen(Conflict):
    """A hold is open."""

    default_code = "hold_open"
    default_message = "The plan is on hold."


class NoOpenHold(Conflict):
    """No hold is open, so nothing can be resumed."""

    default_code = "no_open_hold"
    default_message = "The plan is not on hold."


class NoUndatedStep(Conflict):
    """No step waits for its day."""

    default_code = "no_undated_step"
    default_message = "No step of this plan is waiting for a day."


class Forbidden(Refusal):
    """The actor is known and may not do this."""

    kind = "forbidden"
    default_code = "forbidden"
    default_message = "You can't do this here."


class Missing(Refusal):
    """Unknown, or not yours: the two look the same."""

    kind = "missing"
    default_code = "not_found"
    default_message = "Not found."
