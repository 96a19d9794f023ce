from .accounts import UserFactory
from .blog import CommentFactory, PostFactory
from .decisions import DecisionFactory
from .mail import OutgoingMailFactory
from .social import FollowFactory

__all__ = [
    "CommentFactory",
    "DecisionFactory",
    "FollowFactory",
    "OutgoingMailFactory",
    "PostFactory",
    "UserFactory",
]
