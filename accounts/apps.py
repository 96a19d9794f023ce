from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AccountsConfig(AppConfig):
    name = "accounts"

    def ready(self) -> None:
        # The desk takes the record from a module that autodiscovery does not know.
        from . import receivers, record_admin
        from .triggers import TRIGGERS

        post_migrate.connect(receivers.repair_roles_after_migrating, sender=self)
        TRIGGERS.connect(self)
