"""Work that comes with time: the worker announces it and each app does its own.

With several workers a chore is done several times, so it must do no harm twice.
"""

from django.dispatch import Signal

minute_passed = Signal()
hour_passed = Signal()
