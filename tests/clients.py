"""What a test client has come to."""


def is_logged_in(client):
    return "_auth_user_id" in client.session


def messages_of(client):
    """Return what the next page would say, in one text."""
    return " ".join(str(message) for message in client.get("/").context["messages"])
