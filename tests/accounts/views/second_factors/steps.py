"""What members do with second factors, and what others send to the same addresses."""

from allauth.mfa.models import Authenticator
from django.urls import reverse

from tests.factories.accounts import PASSWORD
from tests.second_factors import totp_code

Type = Authenticator.Type
LOGIN, SECOND_STEP = "/auth/login/", "/auth/2fa/authenticate/"
APP, APP_OFF = "/auth/2fa/totp/activate/", "/auth/2fa/totp/deactivate/"
CODES, NEW_CODES = "/auth/2fa/recovery-codes/", "/auth/2fa/recovery-codes/generate/"
ADD_PASSKEY, PASSKEY_LOGIN = "/auth/2fa/webauthn/add/", "/auth/2fa/webauthn/login/"
PROVE = "/auth/2fa/reauthenticate/"
PROVE_BY_PASSKEY = "/auth/2fa/webauthn/reauthenticate/"
JSON = {"Accept": "application/json"}

CLIENT_DATA = '"clientDataJSON": "eyJ0eXBlIjoiIiwiY2hhbGxlbmdlIjoiIiwib3JpZ2luIjoiIn0"'
GARBAGE = [
    "",
    "nonsense",
    "null",
    "[]",
    '"text"',
    "1",
    "9" * 5000,
    "[" * 15_000,
    '{"a":' * 4_000,
    "{}",
    '{"id": 1, "rawId": 1, "response": 1, "type": 1}',
    '{"rawId": "AA", "response": []}',
    '{"rawId": "AA", "response": {"clientDataJSON": "e30", "userHandle": "MQ"}}',
    '{"rawId": "AA", "response": {"clientDataJSON": "W10"}}',
    f'{{"rawId": "AA", "response": {{{CLIENT_DATA}, "attestationObject": ""}}}}',
    f'{{"rawId": "AA", "response": {{{CLIENT_DATA}, "attestationObject": "GQ"}}}}',
    '{"rawId": "é", "response": {"userHandle": "AA"}}',
    '{"rawId": "AA", "response": {"userHandle": 7}}',
    '{"clientExtensionResults": 1, "rawId": "AA", "response": {}}',
    "x" * 900_000,
]


def log_in(client, user):
    """Type name and password, and return what comes then."""
    return client.post(LOGIN, {"login": user.username, "password": PASSWORD})


def confirm_who_one_is(client):
    client.post("/auth/reauthenticate/", {"password": PASSWORD})


def set_up_app(client):
    client.get(APP)
    secret = client.session["mfa.totp.secret"]
    return client.post(APP, {"code": totp_code(secret)})


def add_passkey(client, passkey, **fields):
    options = client.get(ADD_PASSKEY).context["js_data"]["creation_options"]
    credential = passkey.register(options)
    return client.post(ADD_PASSKEY, {"credential": credential, **fields})


def log_in_by_passkey(client, passkey, user):
    options = client.get(PASSKEY_LOGIN, headers=JSON).json()["request_options"]
    return client.post(PASSKEY_LOGIN, {"credential": passkey.sign(options, user)})


def key_of_alice():
    return Authenticator.objects.get(user__username="alice", type=Type.WEBAUTHN)


def page_of_key(verb):
    return reverse(f"mfa_{verb}_webauthn", args=[key_of_alice().pk])
