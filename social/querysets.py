"""The posts of the home page."""

from django.http import QueryDict

from blog.models import Post, PostBlock
from blog.querysets import BLOCK_SIZE, SHALLOW
from flasky_site.lib.pagination import Page


def page_of_all_posts(parameters: QueryDict, size: int) -> tuple[list[Post], Page]:
    """Return one page of everybody's public posts and where it stands.

    Two queries whatever the page: the blocks of ids give the total and the place to
    start, so no page skips more than one block of rows.
    """
    blocks = PostBlock.objects.counts()
    page = Page.of(parameters, total=sum(count for _, count in blocks), size=size)
    posts = Post.objects.public().newest_first()
    if page.skip < SHALLOW:
        return list(posts.with_card()[page.skip : page.skip + size]), page
    skip = page.skip
    for block, count in blocks:
        if skip < count:
            posts = posts.filter(id__lt=(block + 1) * BLOCK_SIZE)
            break
        skip -= count
    ids = posts.values("id")[skip : skip + size]
    return list(Post.objects.rows(ids)), page
