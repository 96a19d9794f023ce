"""Parts of the desk's front page, which Django's admin makes without asking us."""

from typing import Any

from django import template

from accounts.models import Decision
from blog import overview

register = template.Library()


@register.inclusion_tag("admin/_newcomers.html")
def newcomers() -> dict[str, Any]:
    return {"texts": overview.texts_of_newcomers()}


@register.inclusion_tag("admin/_charts.html")
def charts() -> dict[str, Any]:
    return {"charts": overview.charts(), "days": overview.DAYS}


@register.inclusion_tag("admin/_latest_decisions.html", takes_context=True)
def latest_decisions(context: Any) -> dict[str, Any]:
    decisions = Decision.objects.visible_to(context["request"].user)
    latest = decisions.with_pages().newest_first()[: overview.SHOWN]
    return {"decisions": latest}
