from django.apps import AppConfig


class OperationsConfig(AppConfig):
    """What an operator does with the whole site; it may know every room."""

    name = "flasky_site.operations"
    label = "operations"
