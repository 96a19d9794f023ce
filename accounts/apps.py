from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AccountsConfig(AppConfig):
    name = "accounts"

    def ready(self) -> None:
        from . import receivers

        post_migrate.connect(receivers.repair_roles_after_migrating, sender=self)
