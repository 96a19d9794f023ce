import factory

from accounts.models import Decision

from .accounts import UserFactory


class DecisionFactory(factory.django.DjangoModelFactory):
    """A row of the record, written by the operator unless an ``actor`` is given."""

    class Meta:
        model = Decision

    kind = Decision.Kind.SUSPEND
    actor = None
    actor_name = factory.LazyAttribute(
        lambda decision: decision.actor.username if decision.actor else ""
    )
    member = factory.SubFactory(UserFactory)
    member_name = factory.SelfAttribute("member.username")
    reason = factory.Sequence(lambda n: f"Reason {n}.")
