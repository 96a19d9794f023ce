from .accounts import UserFactory
from .blog import CommentFactory, PostFactory
from .social import FollowFactory

__all__ = ["CommentFactory", "FollowFactory", "PostFactory", "UserFactory"]
