"""The same rooms in JSON, under /api/v1/; nobody imports it."""
