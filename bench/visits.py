"""The pages that are measured, and who opens each."""

from dataclasses import dataclass

from django.conf import settings

from accounts.models import User
from bench import readers
from bench.readers import NOBODY, Headers
from bench.sizes import Reader, Size
from blog.models import Post, PostBlock


@dataclass(frozen=True)
class Visit:
    """``name`` is also that of its target (``bench.targets``)."""

    name: str
    path: str
    headers: Headers

    @property
    def is_signed_in(self) -> bool:
        return "Cookie" in self.headers


def visits_to(size: Size) -> list[Visit]:
    """Sign everybody in who is needed, and return all visits."""
    newcomer = User.objects.get(pk=size.newcomer)
    member = readers.signed_in(newcomer)
    return [
        *_of_everybody(size),
        Visit("home, signed in", "/", member),
        Visit("profile, signed in", _profile(size.plain_member), member),
        Visit("post, signed in", _thread(size.hot_post), member),
        *(_timeline(reader) for reader in size.readers),
        *_of_programs(size, readers.with_token(newcomer)),
        *_of_moderators(size),
    ]


def _profile(member: int, page: int = 1) -> str:
    return f"/user/member{member}/" + (f"?page={page}" if page != 1 else "")


def _thread(post: int, page: int = 1) -> str:
    return f"/post/{post}/" + (f"?page={page}" if page != 1 else "")


def _plain_post(size: Size) -> int:
    """Return the id of one of the newer posts, which three comments are on."""
    posts = Post.objects.public().filter(pk__gt=size.plain_post, thread_length=3)
    return posts.order_by("pk").values_list("pk", flat=True)[0]


def _of_everybody(size: Size) -> list[Visit]:
    star = User.objects.get(pk=size.celebrity)
    hot = Post.objects.get(pk=size.hot_post)
    # The last pages that are full, so that both sizes show as many rows.
    posts, comments, people = (
        star.post_count // settings.POSTS_PER_PAGE,
        hot.thread_length // settings.COMMENTS_PER_PAGE,
        star.follower_count // settings.PEOPLE_PER_PAGE,
    )
    everything = sum(n for _block, n in PostBlock.objects.counts())
    home = everything // settings.POSTS_PER_PAGE
    followers = f"/followers/{star.username}/"
    pages = {
        "home": "/",
        "home, page 100": "/?page=100",
        "home, middle page": f"/?page={home // 2}",
        "home, last page": f"/?page={home}",
        "profile": _profile(size.plain_member),
        "profile, most posts": _profile(star.pk),
        "profile, most posts, middle page": _profile(star.pk, posts // 2),
        "profile, most posts, last page": _profile(star.pk, posts),
        "post": _thread(_plain_post(size)),
        "post, longest thread": _thread(hot.pk),
        "post, longest thread, middle page": _thread(hot.pk, comments // 2),
        "post, longest thread, last page": _thread(hot.pk, comments),
        "followers": followers,
        "followers, last page": f"{followers}?page={people}",
        "people": "/people/",
        "people, found by a letter": "/people/?q=a",
    }
    return [Visit(name, path, NOBODY) for name, path in pages.items()]


def _timeline(reader: Reader) -> Visit:
    headers = readers.signed_in(User.objects.get(pk=reader.pk), followed=True)
    return Visit(f"timeline, {reader.count:,} {reader.kind}", "/", headers)


def _of_programs(size: Size, token: Headers) -> list[Visit]:
    item = f"/api/v1/posts/{_plain_post(size)}"
    return [
        Visit("API, list of posts", "/api/v1/posts/", token),
        Visit("API, one post", item, token),
    ]


def _of_moderators(size: Size) -> list[Visit]:
    marta = readers.moderating(User.objects.get(pk=size.moderator))
    return [
        Visit("desk, list of comments", "/admin/blog/comment/", marta),
        Visit("desk, list of comments, page 100", "/admin/blog/comment/?p=100", marta),
        Visit("comments to moderate", "/moderate/", marta),
    ]
