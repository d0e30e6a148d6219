"""What a host can set, read once from the environment. Every name is documented in the README."""

from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings


class Settings(BaseSettings):
    """The host's choices; the field comments are the documentation."""

    # Where the server listens. Loopback unless the host says otherwise.
    host: str = "127.0.0.1"
    port: int = 3000
    # The address people type, when it is not http://HOST:PORT: https here turns on Secure cookies and HSTS.
    public_url: str = ""
    # The folder of the database, its key and the backups.
    data_dir: Path = Field(default=Path("data"), alias="TAPER_DATA")
    # Empty: an encrypted SQLite file in the data folder. Else any SQLAlchemy address, such as PostgreSQL's.
    database_url: str = ""
    # Where the host's key lies; empty: `taper.key` in the data folder. Best on another disk than the database and its backups.
    key_file: Path | None = Field(default=None, alias="TAPER_KEY_FILE")
    # What the key is locked with, if it is. The commands also ask in a terminal, or read TAPER_PASSPHRASE_FILE (scripts/keys.py).
    passphrase: SecretStr = Field(default=SecretStr(""), alias="TAPER_PASSPHRASE")
    # How many days `make backup` keeps its copies: so long lives what was deleted from the app.
    backup_days: int = Field(default=30, ge=1, alias="TAPER_BACKUP_DAYS")
    # Who may make an account.
    signup: Literal["open", "invite", "closed"] = Field(default="open", alias="TAPER_SIGNUP")
    # How many calls a minute one address may make; 600 is the least, so that a family behind one line is never stopped.
    calls_per_minute: int = Field(default=3000, ge=600, alias="TAPER_CALLS_PER_MINUTE")
    # How many accounts an hour one address may make.
    sign_ups_per_hour: int = Field(default=120, ge=60, alias="TAPER_SIGN_UPS_PER_HOUR")

    # Where the counts of calls are kept when several processes serve: "redis://..."; empty: in this process.
    redis_url: str = Field(default="", alias="TAPER_REDIS_URL")
    # Where "Leave this page now" leads: a dull page that anybody could have open.
    exit_url: str = Field(default="https://www.weather.gov/", alias="TAPER_EXIT_URL", pattern=r"^https://[^\s\"'<>]{3,300}$")

    # Whom a push service may write to when pushes go wrong: "mailto:..."; without it PUBLIC_URL is given.
    contact: str = Field(default="", alias="TAPER_CONTACT")
    # Push services beside the known ones, "host" or "host:port" with commas between; http only to this machine itself.
    push_hosts: str = Field(default="", alias="TAPER_PUSH_HOSTS")

    @property
    def host_key(self) -> Path:
        """Where the host's key lies."""
        return self.key_file or self.data_dir / "taper.key"

    @property
    def is_https(self) -> bool:
        """Whether people reach this server over https."""
        return self.public_url.startswith("https://")

    @property
    def origins(self) -> frozenset[str]:
        """The origins whose pages may write: the public address, and this machine's own names."""
        local = {f"http://{name}:{self.port}" for name in ("localhost", "127.0.0.1", "[::1]", self.host)}
        return frozenset({self.public_url.rstrip("/")} if self.public_url else local)


@lru_cache(maxsize=1)
def settings() -> Settings:
    """The settings of this process."""
    return Settings()
