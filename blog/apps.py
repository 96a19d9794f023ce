from django.apps import AppConfig


class BlogConfig(AppConfig):
    name = "blog"

    def ready(self) -> None:
        from . import receivers
        from .triggers import TRIGGERS

        TRIGGERS.connect(self)
