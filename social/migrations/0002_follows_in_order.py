from django.db import migrations, models

from flasky_site.lib.indexes import AddIndexWithoutLock


class Migration(migrations.Migration):
    """The list of whom a member follows is found in its order, as the other one is."""

    atomic = False

    dependencies = [
        ('social', '0001_initial'),
    ]

    operations = [
        AddIndexWithoutLock(
            model_name='follow',
            index=models.Index(fields=['follower', 'id'], name='follow_by_follower'),
        ),
    ]
