"""What the operator sees of a running site: logs, errors, metrics, profiles."""
