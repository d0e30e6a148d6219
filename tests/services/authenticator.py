"""A passkey's other half, in software: makes and answers as a phone does, and can be told to do either wrongly."""

from __future__ import annotations

import hashlib
import json
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Any

import cbor2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


def b64(raw: bytes) -> str:
    """base64url without padding."""
    return urlsafe_b64encode(raw).decode().rstrip("=")


def unb64(text: str) -> bytes:
    """Back again."""
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


class Authenticator:
    """One key pair on one phone. `verified` False: it asked for no finger, face or code."""

    def __init__(self, origin: str = "http://localhost:3000", *, verified: bool = True, counts: bool = True) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.credential = secrets.token_bytes(32)
        self.origin = origin
        self.flags = PRESENT | (VERIFIED if verified else 0)
        self.counts = counts
        self.count = 0
        self.user = b""

    def make(self, options: dict[str, Any], *, origin: str = "") -> dict[str, Any]:
        """What navigator.credentials.create() gives for these options."""
        self.user = unb64(options["user"]["id"])
        point = self.key.public_key().public_numbers()
        cose = {1: 2, 3: -7, -1: 1, -2: point.x.to_bytes(32, "big"), -3: point.y.to_bytes(32, "big")}
        data = self._data(options["rp"]["id"], ATTESTED)
        data += bytes(16) + len(self.credential).to_bytes(2, "big") + self.credential + cbor2.dumps(cose)
        attestation = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})
        said = self._said("webauthn.create", options["challenge"], origin)
        return self._credential({"clientDataJSON": b64(said), "attestationObject": b64(attestation)})

    def answer(self, options: dict[str, Any], *, origin: str = "", host: str = "") -> dict[str, Any]:
        """What navigator.credentials.get() gives for these options."""
        if self.counts:
            self.count += 1
        data = self._data(host or options["rpId"], 0)
        said = self._said("webauthn.get", options["challenge"], origin)
        signature = self.key.sign(data + hashlib.sha256(said).digest(), ec.ECDSA(hashes.SHA256()))
        response = {"clientDataJSON": said, "authenticatorData": data, "signature": signature, "userHandle": self.user}
        return self._credential({name: b64(value) for name, value in response.items()})

    def _data(self, host: str, more: int) -> bytes:
        return hashlib.sha256(host.encode()).digest() + bytes([self.flags | more]) + self.count.to_bytes(4, "big")

    def _said(self, kind: str, challenge: str, origin: str) -> bytes:
        return json.dumps({"type": kind, "challenge": challenge, "origin": origin or self.origin, "crossOrigin": False}).encode()

    def _credential(self, response: dict[str, str]) -> dict[str, Any]:
        name = b64(self.credential)
        return {"id": name, "rawId": name, "type": "public-key", "response": response, "clientExtensionResults": {}}
