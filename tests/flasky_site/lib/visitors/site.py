from django.http import HttpResponse
from django.test import RequestFactory

from flasky_site.lib.visitors.middleware import VisitorPagesMiddleware


class Site:
    """Stands for all behind the middleware; counts how often it is asked."""

    def __init__(self, answer=lambda: HttpResponse("A page. " * 100)):
        self.answer, self.requests = answer, []
        self.get = VisitorPagesMiddleware(self)

    def __call__(self, request):
        self.requests.append(request)
        return self.answer()

    @property
    def made(self):
        return len(self.requests)

    def ask(self, address="/", **headers):
        secure = headers.pop("secure", False)
        host = headers.pop("host", "testserver")
        method = headers.pop("method", "GET")
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        request = RequestFactory(SERVER_NAME=host).generic(
            method, address, secure=secure, headers=headers
        )
        return self.get(request)
