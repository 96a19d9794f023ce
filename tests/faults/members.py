"""Makes the members of a site under load, and prints them as JSON.

Piped into ``manage.py shell``, since it needs the settings of the site.
"""

import json
from datetime import timedelta

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.utils import timezone

from accounts.models import User
from accounts.services import create_token
from tests.faults.visitors import PASSWORD

WRITERS, MEMBERS = 12, 400

password, now = make_password(PASSWORD), timezone.now()
people = [
    User.objects.create(
        username=f"member{number}",
        email=f"member{number}@example.com",
        password=password,
        confirmed_at=now,
    )
    for number in range(MEMBERS)
]
EmailAddress.objects.bulk_create(
    EmailAddress(user=person, email=person.email, primary=True, verified=True)
    for person in people
)
tokens = []
for person in people[:WRITERS]:
    _token, secret = create_token(
        user=person,
        name="load",
        scopes=["read", "write"],
        expires_at=now + timedelta(days=1),
    )
    tokens.append(secret)
print(json.dumps({"ids": [person.pk for person in people], "tokens": tokens}))
