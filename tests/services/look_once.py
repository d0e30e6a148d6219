"""One look in a process of its own: `python -m tests.services.look_once reminders|alerts <instant> [before | after]`.

With a last word the process is gone, as after a power cut, just before or just after its first push.
"""

from __future__ import annotations

import os
import sys
from datetime import datetime

from taper_app.services import caring_alerts, pushing, ringing

LOOKS = {"reminders": ringing.send_due_reminders, "alerts": caring_alerts.send_due_alerts}


def main(what: str, now: datetime, dies: str) -> None:
    """Look, or die on the way."""

    def send(push: pushing.Push) -> pushing.Outcome:
        if dies == "before":
            os._exit(9)
        outcome = pushing.send(push)
        if dies == "after":
            os._exit(9)
        return outcome

    LOOKS[what](lambda: now, send)


if __name__ == "__main__":
    main(sys.argv[1], datetime.fromisoformat(sys.argv[2]), sys.argv[3] if len(sys.argv) > 3 else "")
