"""What of the doors is over is taken out of the database now and then; nothing depends on when."""

from datetime import datetime

from taper_app.data.engine import Session
from taper_app.data.repositories import doors
from taper_app.services import passkeys, signing


def purge_doors(session: Session, now: datetime) -> int:
    """Take away sessions past their limits and challenges nobody answered; how many."""
    return doors.purge(
        session, unused_since=now - signing.IDLE, begun_before=now - signing.ABSOLUTE, asked_before=now - passkeys.LASTS
    )
