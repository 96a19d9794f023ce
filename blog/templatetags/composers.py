"""The tag for what is inside the form of a text."""

from django import template

from blog.forms import show_fields

register = template.Library()

register.simple_tag(show_fields, name="composer_fields")
