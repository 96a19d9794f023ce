"""Some tests run on PostgreSQL alone.

Those with writers side by side: SQLite lets one write after the other (BEGIN
IMMEDIATE), so there is nothing to see. And those that read its plans. They are left out
elsewhere rather than skipped: nothing is missing.
"""

from django.db import connection

MARKERS = {
    "side_by_side": "needs several writers at once",
    "plans": "reads how PostgreSQL finds rows",
}


def pytest_configure(config):
    for name, meaning in MARKERS.items():
        config.addinivalue_line("markers", f"{name}: {meaning}")


def pytest_collection_modifyitems(config, items):
    if connection.vendor == "postgresql":
        return
    left_out = [
        item for item in items if any(item.get_closest_marker(name) for name in MARKERS)
    ]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in left_out]
