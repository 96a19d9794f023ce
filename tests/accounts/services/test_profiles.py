import pytest

from accounts import services
from accounts.models import User
from flasky_site.lib.merging import ChangedMeanwhile


@pytest.mark.django_db
class TestEditProfile:
    def test_changes_what_is_wanted(self, alice):
        services.edit_profile(user=alice, wanted={"name": "Al"}, seen={})

        assert User.objects.get(pk=alice.pk).name == "Al"

    def test_leaves_what_changed_since_the_member_was_loaded(self, alice):
        User.objects.filter(pk=alice.pk).update(location="There", post_count=7)

        kept = services.edit_profile(
            user=alice,
            wanted={"name": "Al", "location": ""},
            seen={"name": "", "location": ""},
        )

        changed = User.objects.get(pk=alice.pk)
        assert (changed.name, changed.location) == ("Al", "There")
        assert changed.post_count == 7
        assert kept == {"location"}

    def test_changes_nothing_when_one_field_clashes(self, alice):
        User.objects.filter(pk=alice.pk).update(location="There")

        with pytest.raises(ChangedMeanwhile):
            services.edit_profile(
                user=alice,
                wanted={"name": "Al", "location": "Elsewhere"},
                seen={"name": "", "location": ""},
            )

        assert User.objects.get(pk=alice.pk).name == ""
