"""What was typed, for those who may read it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from blog.models import Post
from flasky_site.lib.versions import versioned


@require_safe
@versioned
def post_source(request: HttpRequest, post_id: int) -> HttpResponse:
    posts = Post.objects.visible_to(request.user).defer("body_html")
    post = get_object_or_404(posts, pk=post_id)
    response = HttpResponse(post.body, content_type="text/markdown; charset=utf-8")
    response.headers["Content-Disposition"] = f'inline; filename="post-{post.pk}.md"'
    page = request.build_absolute_uri(post.get_absolute_url())
    # The page is what is worth finding, not its source.
    response.headers["Link"] = f'<{page}>; rel="canonical"'
    if not post.is_public:
        patch_cache_control(response, private=True)
    return response
