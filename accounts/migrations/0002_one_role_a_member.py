from django.db import migrations


class Migration(migrations.Migration):
    """A member is in exactly one group; two at once cannot make it two."""

    dependencies = [("accounts", "0001_initial")]

    operations = [
        migrations.RunSQL(
            "CREATE UNIQUE INDEX member_has_one_role ON accounts_user_groups (user_id)",
            "DROP INDEX member_has_one_role",
        )
    ]
