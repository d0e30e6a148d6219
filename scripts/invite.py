"""Print a code that lets one person make an account while TAPER_SIGNUP is "invite"."""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))


def main() -> None:
    """One code for one account."""
    os.chdir(ROOT)
    from scripts.keys import unlocked
    from taper_app.data.engine import migrate, session_scope
    from taper_app.services.accounts import invite

    with unlocked():
        migrate()
        with session_scope() as session:
            print(invite(session, datetime.now(UTC)))


if __name__ == "__main__":
    main()
