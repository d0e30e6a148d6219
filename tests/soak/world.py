"""Two phones, one server, and the network between them; what a person was told, and whether it is true."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from taper_app.domain.entries import Entry, fold
from tests.services.world import NOW
from tests.soak.network import Network
from tests.soak.phones import Phones
from tests.soak.server import Server

MOST_ROUNDS = 100


@dataclass
class Logged:
    """An entry as the phone took it: what the person was told is written down."""

    account: str
    phone: int
    tab: int
    kept: bool = False
    let_go: bool = False


class World:
    """Each command to the phones ends when only time or `deliver` can go on; then everything told is looked at."""

    def __init__(self, server: Server, phones: Phones) -> None:
        self.server, self.phones = server, phones
        self.time = NOW
        server.clock.now = NOW
        server.empty()
        self.accounts = [person.id for person in server.people]
        self.plans = dict(zip(self.accounts, server.plans, strict=True))
        self.logged: dict[str, Logged] = {}
        # First entries of each account, with their kinds.
        self.known: dict[str, list[tuple[str, str]]] = {}
        self.network = Network(server, self._belongs)
        self.state: list[dict[str, Any]] = []
        self._there: dict[str, dict[str, Any]] = {}
        self.tell("reset")
        for phone in (0, 1):
            self.open(phone, who=self._session(phone, 0))

    # What a person does, and what happens to a phone.

    def tell(self, do: str, **command: Any) -> None:
        """Tell the phones, and be the network until nothing more comes."""
        self.whole = False
        # Nothing takes no time.
        self._pass(0.25)
        told = self.phones.tell(do, time=_millis(self.time), **command)
        for _ in range(MOST_ROUNDS):
            self._hear(told)
            answers = [answer for ask in told["asks"] if (answer := self.network.carry(ask))]
            if not answers:
                self._look()
                self.whole = True
                return
            told = self.phones.tell("answer", time=_millis(self.time), answers=answers)
        raise AssertionError(f"the phones ask without end: {told['asks']}")

    def end_sessions(self, who: int) -> None:
        """Signed out everywhere, from somewhere else."""
        account = self.accounts[who]
        self.server.end_sessions(account)
        self.network.owners = {token: owner for token, owner in self.network.owners.items() if owner != account}

    def open(self, phone: int, **values: Any) -> None:
        """Another tab, or the app started again."""
        self.tell("open", phone=phone, values=values)

    def tab(self, phone: int, which: int) -> dict[str, Any]:
        """One of the open tabs; the app is started when there is none."""
        if not self.state[phone]["tabs"]:
            self.open(phone)
        tabs = self.state[phone]["tabs"]
        found: dict[str, Any] = tabs[which % len(tabs)]
        return found

    def log(self, phone: int, which: int, entries: Sequence[dict[str, Any]], crash: str = "", faults: Sequence[str] = ()) -> None:
        """Write entries in one tap each; `crash`: the tab is gone before its phone has answered."""
        self.network.faults[phone, "POST"].extend(faults)
        self.tell("log", phone=phone, tab=self.tab(phone, which)["id"], entries=list(entries), crash=crash)

    def act(self, phone: int, which: int, action: str, id: str) -> None:
        """Press a button of an entry."""
        tab = self.tab(phone, which)
        refused = any(item["id"] == id and item["sync"] == "rejected" for item in tab["items"])
        if refused and action in ("discard", "retract") and self.logged[id].phone == phone:
            self.logged[id].let_go = True
        self.tell("act", phone=phone, tab=tab["id"], action=action, id=id)

    def refused(self, phone: int, account: str = "") -> list[dict[str, Any]]:
        """What a phone shows as refused."""
        items = {item["id"]: item for tab in self.state[phone]["tabs"] for item in tab["items"]}.values()
        return [item for item in items if item["sync"] == "rejected" and account in ("", item["account"])]

    def set(self, phone: int, **values: Any) -> None:
        """Change a phone: online, full, skew, who."""
        back = values.get("online") and not self.network.online[phone]
        self.network.online[phone] = values.get("online", self.network.online[phone])
        self.tell("set", phone=phone, values=values)
        # The browser says so to every tab.
        for tab in self.state[phone]["tabs"] if back else ():
            self.tell("wake", phone=phone, tab=tab["id"])

    def wake(self, phone: int, which: int) -> None:
        """The person comes back to a tab."""
        self.tell("wake", phone=phone, tab=self.tab(phone, which)["id"])

    def sign_in(self, phone: int, who: int) -> None:
        """A new session on this phone; its cookies are every tab's."""
        self.set(phone, who=self._session(phone, who))

    def _session(self, phone: int, who: int) -> str:
        token = self.server.sign_in(self.server.people[who].login)
        self.network.owners[token] = self.accounts[who]
        self.network.tokens[phone] = token
        return self.accounts[who]

    def advance(self, seconds: float) -> None:
        """Time passes; phones that slept meanwhile do what is due once."""
        self._pass(seconds)
        self.tell("tick")

    def _pass(self, seconds: float) -> None:
        self.time += timedelta(seconds=seconds)
        self.server.clock.now = self.time

    def _hear(self, told: dict[str, Any]) -> None:
        self.state = told["phones"]
        assert all(phone["sending"] <= 1 for phone in self.state), "two send at once"
        for one in told["written"]:
            entry = one["entry"]
            self.logged[entry["id"]] = Logged(one["account"], one["phone"], one["tab"])
            if "changes" not in entry:
                self.known.setdefault(one["account"], []).append((entry["id"], entry["kind"]))

    def deliver(self, which: int) -> None:
        """One of the things on the way arrives: a request given up long ago, or an answer."""
        if answer := self.network.deliver(which):
            self.tell("answer", answers=[answer])
        else:
            self._look()

    # What has to be true.

    def _belongs(self, id: str) -> str:
        return self.logged[id].account

    def _rows(self) -> dict[str, dict[str, Any]]:
        """What the server has: by account, then by id."""
        if self.network.wrote or not self._there:
            self.network.wrote = False
            for account in self.accounts:
                entries = self.server.entries(account)
                self._there[account] = {one.id: one for one in entries}
                assert len(self._there[account]) == len(entries), "an id is there twice"
        return self._there

    def _look(self) -> None:
        """What has to be true at every moment."""
        rows = self._rows()
        there = {(account, id): _body(entry) for account, entries in rows.items() for id, entry in entries.items()}
        assert there == {key: _sent(body) for key, body in self.network.first.items()}, "the server has something else than it said"
        shown = {tab["id"]: {item["id"] for item in tab["items"]} for phone in self.state for tab in phone["tabs"]}
        written = [{row["id"] for row in phone["rows"]} for phone in self.state]
        for n, phone in enumerate(self.state):
            for row in phone["rows"]:
                assert self.logged[row["id"]].account == row["account"]
                self.logged[row["id"]].kept |= self.logged[row["id"]].phone == n
            for item in (item for tab in phone["tabs"] for item in tab["items"]):
                logged = self.logged[item["id"]]
                assert logged.account == item["account"]
                logged.kept |= item["kept"]
                assert item["sync"] != "saved" or item["id"] in rows[item["account"]], f"{item['id']} is not saved"
        for id, one in self.logged.items():
            if one.let_go or id in rows[one.account]:
                continue
            assert not one.kept or id in written[one.phone], f"{id} was written down and is gone"
            assert one.tab not in shown or id in shown[one.tab], f"{id} is not shown any more"

    def _compare(self, who: int) -> None:
        """Every open tab that shows this account shows what the server has, field by field."""
        expected = [
            {
                "id": one.id, "kind": one.kind, "at": one.at.astimezone(UTC), "zone": one.zone, "data": dict(one.data),
                "retracted": one.retracted, "history": [entry.id for entry in one.history],
            }
            for one in fold(
                Entry(row.id, row.kind, datetime.fromisoformat(row.at), row.zone, row.data, row.changes)
                for row in self._rows()[self.accounts[who]].values()
            )
        ]  # fmt: skip
        self.tell("records")
        for phone in self.state:
            for tab in phone["tabs"]:
                assert (tab["account"], tab["phase"]) == (self.accounts[who], "ready")
                shown = [{**one, "at": datetime.fromisoformat(one["at"]).astimezone(UTC)} for one in tab["records"]]
                assert shown == expected

    def come_back(self) -> None:
        """The network is good, clocks are right, people sign in: everything arrives, and all agree."""
        for faults in self.network.faults.values():
            faults.clear()
        while self.network.late or self.network.slow:
            self.deliver(1)
        for phone in (0, 1):
            self.set(phone, online=True, full=False, skew=0)
        self._by_itself()
        used = {one.account for one in self.logged.values()}
        for who in (1, 0):
            if who == 0 or self.accounts[who] in used:
                self._all_in(who)
                self._compare(who)

    def _by_itself(self) -> None:
        """What a tab has taken goes out of that tab without anybody's hand, as long as its session lasts."""
        for _ in range(2):
            self.advance(61)
        for phone, token in enumerate(self.network.tokens):
            for tab in self.state[phone]["tabs"]:
                if tab["phase"] == "ready" and self.network.owners.get(token) == tab["account"]:
                    own = (item for item in tab["items"] if item["account"] == tab["account"] and self.logged[item["id"]].tab == tab["id"])
                    assert not [item for item in own if item["sync"] == "waiting"], "it waits for ever"

    def _all_in(self, who: int) -> None:
        account = self.accounts[who]
        for phone in (0, 1):
            # Signing in is a page of its own: its tab starts anew, and another one left open comes back to life.
            self.tell("close", phone=phone, tab=self.tab(phone, 0)["id"])
            self.open(phone, who=self._session(phone, who))
            for tab in self.state[phone]["tabs"][:-1]:
                self.tell("wake", phone=phone, tab=tab["id"])
        self.advance(2)
        # What was mended may be refused once more for another reason.
        while refused := [(phone, item) for phone in (0, 1) for item in self.refused(phone, account)]:
            for phone, item in refused:
                self.mend(phone, 0, item)
            self.advance(2)
        for phone in (0, 1):
            for tab in self.state[phone]["tabs"]:
                self.tell("wake", phone=phone, tab=tab["id"])
            left = [row for row in self.state[phone]["rows"] if row["account"] == account]
            left += [item for tab in self.state[phone]["tabs"] for item in tab["items"] if item["account"] == account]
            assert not left, f"still on the phone: {left}"

    def mend(self, phone: int, which: int, item: dict[str, Any]) -> None:
        """Correct what the clock did wrong; let go of the rest."""
        if item["code"] == "from_the_future":
            self.tell("mend", phone=phone, tab=self.tab(phone, which)["id"], id=item["id"])
        else:
            self.act(phone, which, "discard", item["id"])


def _body(entry: Any) -> dict[str, Any]:
    return {"kind": entry.kind, "at": entry.at, "zone": entry.zone, "data": entry.data, "changes": entry.changes}


def _sent(body: dict[str, Any]) -> dict[str, Any]:
    # A cleared "retracted" is kept as false.
    data = {name: bool(value) if name == "retracted" else value for name, value in body["data"].items()}
    return {"changes": None, **{name: value for name, value in body.items() if name != "id"}, "data": data}


def _millis(time: datetime) -> int:
    return round(time.timestamp() * 1000)
