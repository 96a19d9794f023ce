"""Measurements. Times belong here and not in the tests."""
