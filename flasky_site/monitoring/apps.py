from django.apps import AppConfig
from django.conf import settings
from django.db.backends.signals import connection_created


class MonitoringConfig(AppConfig):
    name = "flasky_site.monitoring"

    def ready(self) -> None:
        from . import receivers
        from .queries import watch_connection

        connection_created.connect(watch_connection)
        if settings.SENTRY_DSN:
            from . import sentry

            sentry.start(settings.SENTRY_DSN)
