"""The addresses of the API: one list, served as v1 and as v1.0.

Collections end in a slash, and lead there without one. Single things are found both
ways.
"""

from collections.abc import Mapping

from django.urls import URLPattern, include, path

from .views import comments, documents, follows, people, posts, tokens
from .views.base import ApiViewSet, NotThere
from .views.redirects import to_collection

READ = {"get": "retrieve"}
READ_LIST = {"get": "list"}
LIST = {"get": "list", "post": "create"}
TEXT = {
    "get": "retrieve",
    "put": "update",
    "patch": "partial_update",
    "delete": "destroy",
}
Actions = Mapping[str, str]


def collection(
    route: str, view: type[ApiViewSet], actions: Actions, name: str
) -> list[URLPattern]:
    found = view.as_view({**actions})
    return [path(f"{route}/", found, name=name), path(route, to_collection)]


def thing(
    route: str, view: type[ApiViewSet], actions: Actions, name: str
) -> list[URLPattern]:
    found = view.as_view({**actions})
    return [path(route, found, name=name), path(f"{route}/", found)]


user, post = "users/<int:user_id>", "posts/<int:post_id>"
comment, token = "comments/<int:comment_id>", "tokens/<int:token_id>"
decide_post, decide_comment = (
    posts.PostModerationViewSet,
    comments.CommentModerationViewSet,
)

addresses = [
    path("", documents.RootViewSet.as_view({**READ}), name="root"),
    *collection("users", people.UserViewSet, READ_LIST, "user_list"),
    *thing(
        "users/me",
        people.MeViewSet,
        {"get": "retrieve", "patch": "partial_update"},
        "me",
    ),
    *thing(user, people.UserViewSet, READ, "user"),
    *collection(f"{user}/posts", people.UserPostViewSet, READ_LIST, "user_posts"),
    *collection(f"{user}/timeline", follows.TimelineViewSet, READ_LIST, "timeline"),
    *collection(f"{user}/followers", follows.FollowerViewSet, READ_LIST, "followers"),
    *collection(f"{user}/following", follows.FollowingViewSet, READ_LIST, "following"),
    *thing(
        f"{user}/follow",
        follows.FollowViewSet,
        {"put": "update", "delete": "destroy"},
        "follow",
    ),
    *collection("posts", posts.PostViewSet, LIST, "post_list"),
    *thing(post, posts.PostViewSet, TEXT, "post"),
    *collection(f"{post}/comments", comments.PostCommentViewSet, LIST, "post_comments"),
    *thing(f"{post}/hide", decide_post, {"post": "hide"}, "post_hide"),
    *thing(f"{post}/restore", decide_post, {"post": "restore"}, "post_restore"),
    *collection("comments", comments.CommentViewSet, READ_LIST, "comment_list"),
    *thing(comment, comments.CommentViewSet, TEXT, "comment"),
    *thing(
        f"{comment}/disable", decide_comment, {"post": "disable"}, "comment_disable"
    ),
    *thing(f"{comment}/enable", decide_comment, {"post": "enable"}, "comment_enable"),
    *collection("tokens", tokens.TokenViewSet, LIST, "token_list"),
    *thing(token, tokens.TokenViewSet, {"delete": "destroy"}, "token"),
    path("schema/", documents.schema, name="schema"),
    path("schema", to_collection),
    path("docs/", documents.docs, name="docs"),
    path("docs", to_collection),
]
# Under DEBUG, Django would answer with a page of its own.
nowhere = path("<path:rest>", NotThere.as_view({"get": "retrieve"}))

urlpatterns = [
    path("v1/", include((addresses, "api"))),
    path("v1.0/", include((addresses, "api"), namespace="api-v1.0")),
    path("v1", to_collection),
    path("v1.0", to_collection),
    nowhere,
]
