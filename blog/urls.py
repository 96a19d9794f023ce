from django.urls import path

from accounts import converters  # noqa: F401  It registers what stands below.

from .views import (
    comments,
    decisions,
    feeds,
    moderation,
    posts,
    previews,
    sitemaps,
    sources,
)

app_name = "blog"

urlpatterns = [
    path("post/<int:post_id>/", posts.PostDetailView.as_view(), name="post_detail"),
    path("edit/<int:post_id>/", posts.PostEditView.as_view(), name="post_edit"),
    path("post/<int:post_id>/delete/", posts.delete_post, name="post_delete"),
    path(
        "post/<int:post_id>/comments/close/",
        posts.close_comments,
        name="comments_close",
    ),
    path(
        "post/<int:post_id>/comments/open/", posts.open_comments, name="comments_open"
    ),
    path("comment/<int:comment_id>/", comments.comment_detail, name="comment_detail"),
    path(
        "comment/<int:comment_id>/edit/",
        comments.CommentEditView.as_view(),
        name="comment_edit",
    ),
    path(
        "comment/<int:comment_id>/delete/",
        comments.delete_comment,
        name="comment_delete",
    ),
    # Among the account pages, though it links to texts.
    path("auth/decisions/", decisions.own_decisions, name="own_decisions"),
    path("moderate/", moderation.moderate, name="moderate"),
    path("moderate/undo/<uuid:batch>/", moderation.undo, name="undo"),
    path(
        "post/<int:text_id>/hide/",
        moderation.HidePostView.as_view(),
        name="post_hide",
    ),
    path(
        "post/<int:text_id>/restore/",
        moderation.RestorePostView.as_view(),
        name="post_restore",
    ),
    path(
        "comment/<int:text_id>/disable/",
        moderation.DisableCommentView.as_view(),
        name="comment_disable",
    ),
    path(
        "comment/<int:text_id>/enable/",
        moderation.EnableCommentView.as_view(),
        name="comment_enable",
    ),
    path("post/<int:post_id>.md", sources.post_source, name="post_source"),
    path("feed/", feeds.site_feed, name="site_feed"),
    path("user/<username:username>/feed/", feeds.member_feed, name="member_feed"),
    path("post/<int:post_id>/feed/", feeds.comment_feed, name="comment_feed"),
    path("sitemap.xml", sitemaps.sitemap_index, name="sitemap_index"),
    path("sitemap/posts-<int:part>.xml", sitemaps.post_sitemap, name="post_sitemap"),
    path(
        "sitemap/members-<int:part>.xml", sitemaps.member_sitemap, name="member_sitemap"
    ),
    # MARKDOWNX_URLS_PATH; markdownx brings addresses of its own, which stay closed.
    path("markdownx/markdownify/", previews.preview, name="preview"),
]
