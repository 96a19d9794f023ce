from django.db import migrations, models

from flasky_site.lib.indexes import AddIndexWithoutLock, RemoveIndexWithoutLock


class Migration(migrations.Migration):
    """What was decided about a member is counted in the index alone."""

    atomic = False

    dependencies = [
        ('accounts', '0010_states_of_members'),
    ]

    operations = [
        AddIndexWithoutLock(
            model_name='decision',
            index=models.Index(fields=['member', '-id', 'kind'], name='decision_about_member'),
        ),
        RemoveIndexWithoutLock(
            model_name='decision',
            name='decision_by_member',
        ),
    ]
