"""What programs ask that look after the site."""

import logging
from hmac import compare_digest
from http import HTTPStatus
from ipaddress import ip_address, ip_network

from allauth.core.internal.httpkit import get_client_ip
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.decorators import reachable_unconfirmed

from . import metrics as numbers
from .readiness import failures

logger = logging.getLogger(__name__)


@reachable_unconfirmed
@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """200 as long as this process answers at all."""
    return JsonResponse({"status": "alive"})


@reachable_unconfirmed
@require_safe
@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """200 when pages can be served, 503 with what fails."""
    failed = failures()
    if not failed:
        return JsonResponse({"status": "ready"})
    for name, reason in failed.items():
        logger.warning("Not ready: %s (%s)", name, reason)
    return JsonResponse(
        {"status": "not ready", "failed": failed},
        status=HTTPStatus.SERVICE_UNAVAILABLE,
    )


@reachable_unconfirmed
@require_safe
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """The numbers of the site; 404 to whoever may not read them."""
    if not _may_read_metrics(request):
        raise Http404
    return HttpResponse(numbers.exposed(), content_type=numbers.CONTENT_TYPE)


def _may_read_metrics(request: HttpRequest) -> bool:
    scheme, _space, token = request.META.get("HTTP_AUTHORIZATION", "").partition(" ")
    wanted = settings.METRICS_TOKEN
    if wanted and scheme.lower() == "bearer":
        return compare_digest(token.strip().encode(), wanted.encode())
    return _comes_from_allowed(request)


def _comes_from_allowed(request: HttpRequest) -> bool:
    try:
        client = ip_address(get_client_ip(request) or "")
    except (ValueError, ImproperlyConfigured):
        return False
    address = getattr(client, "ipv4_mapped", None) or client
    networks = [ip_network(network) for network in settings.METRICS_ALLOWED_IPS]
    return any(address in network for network in networks)
