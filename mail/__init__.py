"""What is mailed: the outbox, and how messages leave it."""
