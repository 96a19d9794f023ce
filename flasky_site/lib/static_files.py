from django.contrib.staticfiles.apps import StaticFilesConfig


class OurStaticFilesConfig(StaticFilesConfig):
    """Django's, which also leaves what we do not show where it is."""

    # A second page for the API's document, of several megabytes.
    ignore_patterns = [*StaticFilesConfig.ignore_patterns, "redoc"]
