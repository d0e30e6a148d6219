"""What an account's trail may say: codes of what was done, and who did it. Ids and codes, never values."""

from typing import Literal, get_args

Who = Literal["self", "helper", "host", "nobody"]
WHO: tuple[Who, ...] = get_args(Who)

# Each has its words in locales/en/audit.toml; a test holds the two together.
CODES = frozenset(
    [
        "signed_up", "signed_in", "signed_out", "signed_out_elsewhere", "signed_out_everywhere", "session_ended", "wrong_try",
        "recovered", "password_changed", "proved",
        "passkey_added", "passkey_renamed", "passkey_removed", "recovery_codes_made",
        "settings_changed", "reminders_changed", "calendar_made", "calendar_ended",
        "plan_activated", "plan_held", "plan_resumed", "plan_revised", "plan_step_started", "plan_closed", "plan_deleted",
        "data_exported", "data_imported", "report_made", "key_rotated",
        "share_made", "share_changed", "share_rotated", "share_paused", "share_resumed", "share_frozen", "share_ended",
        "care_changed", "said_ok", "said_company",
        "helper_asked", "helper_offered", "helper_confirmed", "helper_ended",
    ]
)  # fmt: skip


def known(what: str, who: str) -> None:
    """Nothing else may stand in a trail: a line is there for ever. Raises ValueError."""
    if what not in CODES or who not in WHO:
        raise ValueError(f"no line of a trail: {what!r} by {who!r}")
