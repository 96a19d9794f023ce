"""How posts change."""

from accounts.models import User

from .models import Post


def create_post(*, author: User, body: str) -> Post:
    """Publish ``body``, which a form or a serializer has checked."""
    return Post.objects.create(author=author, body=body)
