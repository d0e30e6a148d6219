"""The server's clock: APScheduler looks for reminders now and then, and takes away what has waited too long.

What is due and what was sent stands in the database.
"""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime

from apscheduler.schedulers.background import BackgroundScheduler  # type: ignore[import-untyped]  # it brings no types

from taper_app.data.engine import session_scope
from taper_app.services.caring_alerts import send_due_alerts
from taper_app.services.importing_diary import forget_diaries
from taper_app.services.pushing import send
from taper_app.services.ringing import send_due_reminders
from taper_app.services.tidying import purge_doors

EVERY = 20
TIDY_EVERY = 600


def tick() -> None:
    """Look once. It runs on a thread of the scheduler's own, never on the event loop."""
    send_due_reminders(lambda: datetime.now(UTC), send)


def alert() -> None:
    """Look once for what caregivers are to be told; beside the reminders, so that neither holds up the other."""
    send_due_alerts(lambda: datetime.now(UTC), send)


def tidy() -> None:
    """Take away diaries whose hour is over, sessions past their limits, and what passkeys were asked and did not answer."""
    with session_scope() as session:
        now = datetime.now(UTC)
        forget_diaries(session, now)
        purge_doors(session, now)


@asynccontextmanager
async def ticking(look: Callable[[], None] = tick) -> AsyncIterator[None]:
    """Tick from the start of the server to its end: one look at a time, and a look that was missed is not made up for."""
    scheduler = BackgroundScheduler(timezone=UTC)
    scheduler.add_job(
        look, "interval", seconds=EVERY, coalesce=True, max_instances=1, misfire_grace_time=None, next_run_time=datetime.now(UTC)
    )
    scheduler.add_job(alert, "interval", seconds=EVERY, coalesce=True, max_instances=1, misfire_grace_time=None)
    scheduler.add_job(tidy, "interval", seconds=TIDY_EVERY, coalesce=True, max_instances=1, misfire_grace_time=None)
    scheduler.start()
    try:
        yield
    finally:
        # A ringing in hand is taken up again by its lease.
        scheduler.shutdown(wait=False)
