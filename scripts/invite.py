"""Print a link that lets one person make an account, once, while TAPER_SIGNUP is "invite"."""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))


def main() -> None:
    """One link for one account. The code stands after the #, so that no server's log ever holds it."""
    os.chdir(ROOT)
    from scripts.keys import unlocked
    from taper_app.data.engine import migrate, session_scope
    from taper_app.services.accounts import invite
    from taper_app.settings import settings

    with unlocked():
        migrate()
        with session_scope() as session:
            code = invite(session, datetime.now(UTC))
    base = settings().public_url.rstrip("/") or f"http://localhost:{settings().port}"
    print(f"{base}/auth/sign-up#{code}")
    if settings().signup != "invite":
        print(f'Nobody needs it now: TAPER_SIGNUP is "{settings().signup}".', file=sys.stderr)


if __name__ == "__main__":
    main()
