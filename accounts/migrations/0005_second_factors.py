from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_avatars")]

    operations = [
        migrations.AddField(
            model_name="user",
            name="second_factor_since",
            field=models.DateTimeField(
                blank=True,
                editable=False,
                null=True,
                verbose_name="second factor since",
            ),
        )
    ]
