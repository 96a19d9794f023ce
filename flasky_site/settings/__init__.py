"""Settings: the only reader of the environment. ``base`` is shared by dev, prod, test."""
