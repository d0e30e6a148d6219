"""One look for caregivers' alerts in a process of its own: `python -m tests.services.alert_once <instant> [before | after]`.

With a last word the process is gone, as after a power cut, just before or just after its first push.
"""

from __future__ import annotations

import os
import sys
from datetime import datetime

from taper_app.services import caring_alerts, pushing


def main(now: datetime, dies: str) -> None:
    """Look, or die on the way."""

    def send(push: pushing.Push) -> pushing.Outcome:
        if dies == "before":
            os._exit(9)
        outcome = pushing.send(push)
        if dies == "after":
            os._exit(9)
        return outcome

    caring_alerts.send_due_alerts(lambda: now, send)


if __name__ == "__main__":
    main(datetime.fromisoformat(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else "")
