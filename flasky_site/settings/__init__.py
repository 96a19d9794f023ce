"""Settings, the only reader of the environment: dev, prod and test build on base."""
