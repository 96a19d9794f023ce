"""An authenticator app and a passkey, played by the tests."""

import base64
import hashlib
import hmac
import json
import struct
import time

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from django.utils.http import int_to_base36
from fido2.cose import ES256
from fido2.webauthn import (
    Aaguid,
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

Flag = AuthenticatorData.FLAG


def totp_code(secret, *, periods_ahead=0):
    """Return what an app shows now, by RFC 6238, or some half minutes later."""
    counter = int(time.time()) // 30 + periods_ahead
    key = base64.b32decode(secret)
    digest = hmac.digest(key, struct.pack(">Q", counter), "sha1")
    offset = digest[-1] & 15
    number = struct.unpack(">I", digest[offset : offset + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06}"


def give_app(user):
    """Set up an app with its recovery codes, and return its secret."""
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    RecoveryCodes.activate(user)
    user.refresh_from_db()
    return secret


def recovery_codes_of(user):
    return RecoveryCodes.activate(user).get_unused_codes()


def websafe(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


class Passkey:
    """A device with one key for the host ``testserver``.

    ``public_key`` and ``origin`` are what it says of itself, which may be a lie.
    """

    def __init__(self, credential_id=b"a passkey of the tests"):
        self.id = credential_id
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.public_key = ES256.from_cryptography_key(self.key.public_key())
        self.origin = "https://testserver"

    def register(self, options):
        """Answer ``navigator.credentials.create`` with these options."""
        data = self._authenticator_data()
        if self.public_key:
            key = AttestedCredentialData.create(Aaguid.NONE, self.id, self.public_key)
            data = self._authenticator_data(Flag.AT, key)
        answer = {
            "clientDataJSON": websafe(self._client_data("create", options)),
            "attestationObject": websafe(AttestationObject.create("none", data, {})),
        }
        return self._credential(answer, {"credProps": {"rk": True}})

    def sign(self, options, user):
        """Answer ``navigator.credentials.get`` with these options."""
        client_data = self._client_data("get", options)
        data = self._authenticator_data()
        signed = data + hashlib.sha256(client_data).digest()
        answer = {
            "clientDataJSON": websafe(client_data),
            "authenticatorData": websafe(data),
            "signature": websafe(self.key.sign(signed, ec.ECDSA(hashes.SHA256()))),
            "userHandle": websafe(int_to_base36(user.pk).encode()),
        }
        return self._credential(answer, {})

    def _authenticator_data(self, flag=0, key=b""):
        rp_id_hash = hashlib.sha256(b"testserver").digest()
        flags = Flag.UP | Flag.UV | flag
        return AuthenticatorData.create(rp_id_hash, flags, 0, key)

    def _client_data(self, verb, options):
        challenge = options["publicKey"]["challenge"]
        return CollectedClientData.create(f"webauthn.{verb}", challenge, self.origin)

    def _credential(self, answer, results):
        name = websafe(self.id)
        content = {"type": "public-key", "id": name, "rawId": name, "response": answer}
        return json.dumps({**content, "clientExtensionResults": results})
