"""Rows of made-up members: what is not said is left to a voice.

They are only built: ``builder`` inserts them by the batch.
"""

import factory
from factory.django import DjangoModelFactory

from accounts.models import User
from blog.models import Comment, Post

from .usernames import address_of


class MemberFactory(DjangoModelFactory):
    class Meta:
        model = User

    class Params:
        voice = None

    email = factory.LazyAttribute(lambda member: address_of(member.username))
    name = factory.LazyAttribute(lambda member: member.voice.name())
    location = factory.LazyAttribute(lambda member: member.voice.location())
    about_me = factory.LazyAttribute(lambda member: member.voice.about_me())
    confirmed_at = factory.SelfAttribute("date_joined")


class PostFactory(DjangoModelFactory):
    class Meta:
        model = Post

    class Params:
        voice = None
        mention = ""

    body = factory.LazyAttribute(lambda post: post.voice.post(post.mention))


class CommentFactory(DjangoModelFactory):
    class Meta:
        model = Comment

    class Params:
        voice = None
        mention = ""

    body = factory.LazyAttribute(lambda comment: comment.voice.comment(comment.mention))
