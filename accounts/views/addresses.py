"""Changing one's address: allauth's view, our rules."""

from allauth.account import views as allauth_views

from .mixins import UnprocessableFormMixin


class EmailView(UnprocessableFormMixin, allauth_views.EmailView):
    pass
