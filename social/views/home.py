"""The home page: the composer and everybody's posts."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views import View

from blog import services
from blog.forms import PostForm
from blog.models import Post, PostBlock
from flasky_site.lib.http import json_error, typed_fields, wants_json
from flasky_site.lib.pagination import Page


class HomeView(View):
    http_method_names = ["get", "head", "post", "options"]

    def get(self, request: HttpRequest) -> HttpResponse:
        may_write = request.user.has_perm("blog.add_post")
        return self._show(PostForm() if may_write else None)

    def post(self, request: HttpRequest) -> HttpResponse:
        form = PostForm(request.POST)
        if not request.user.is_authenticated:
            return self._give_back()
        if not request.user.has_perm("blog.add_post"):
            raise PermissionDenied
        if not form.is_valid():
            return self._show(form, status=422)
        services.create_post(author=request.user, **form.cleaned_data)
        messages.success(request, _("Your post is published."))
        return redirect("social:home")

    def _give_back(self) -> HttpResponse:
        """Keep the text of somebody whose session ended while they wrote."""
        if wants_json(self.request):
            return json_error(403)
        context = {"typed": typed_fields(self.request)}
        return render(self.request, "social/signed_out.html", context, status=403)

    def _show(self, form: PostForm | None, status: int = 200) -> HttpResponse:
        blocks = PostBlock.objects.counts()
        total = sum(count for _block, count in blocks)
        page = Page.of(self.request.GET, total=total, size=settings.POSTS_PER_PAGE)
        posts = Post.objects.on_page_by_blocks(page, blocks)
        context = {"form": form, "posts": posts, "page": page}
        return render(self.request, "social/home.html", context, status=status)
