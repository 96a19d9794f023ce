from django.apps import AppConfig


class SocialConfig(AppConfig):
    name = "social"

    def ready(self) -> None:
        from .triggers import TRIGGERS

        TRIGGERS.connect(self)
