import factory
from allauth.account.models import EmailAddress
from django.utils import timezone

from accounts import services
from accounts.models import User

PASSWORD = "correct horse battery"


class UserFactory(factory.django.DjangoModelFactory):
    """A confirmed member. ``unconfirmed=True`` has yet to open the link.

    ``suspended=True`` is one for good.
    """

    class Meta:
        model = User
        skip_postgeneration_save = True

    class Params:
        unconfirmed = factory.Trait(confirmed_at=None)
        suspended = factory.Trait(
            suspended_at=factory.LazyFunction(timezone.now),
            suspension_reason="Spam.",
        )

    username = factory.Sequence(lambda n: f"member{n}")
    email = factory.LazyAttribute(lambda user: f"{user.username}@example.com".lower())
    password = factory.django.Password(PASSWORD)
    confirmed_at = factory.LazyFunction(timezone.now)

    @factory.post_generation
    def without_address(self, create, extracted, **kwargs):
        if extracted:
            return
        EmailAddress.objects.create(
            user=self, email=self.email, primary=True, verified=self.is_confirmed
        )

    @factory.post_generation
    def role(self, create, extracted, **kwargs):
        if extracted:
            services.assign_role(user=self, role=extracted)
