"""What an operator does, and what happens to a site and to its backup."""

import io
import json
import tarfile
from pathlib import Path

from django.conf import settings
from django.core.management import call_command

from accounts.models import User
from blog.models import Comment, Post


def run(command, *arguments, **options):
    out = io.StringIO()
    call_command(command, *arguments, stdout=out, **options)
    return out.getvalue()


def picture(name="avatars/1/abc-64.webp", data=b"a picture"):
    path = Path(settings.MEDIA_ROOT) / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def lose_everything(site):
    # The record of decisions is empty here, and so nothing holds its members.
    Comment.objects.all().delete()
    Post.objects.all().delete()
    User.objects.all().delete()
    site["picture"].unlink(missing_ok=True)


def change(file, *, member, data=None, manifest=None):
    """Write the archive anew with another ``member`` or another ``manifest``."""
    with tarfile.open(file) as tar:
        parts = {one.name: tar.extractfile(one).read() for one in tar.getmembers()}
    if data is None:
        parts.pop(member, None)
    else:
        parts[member] = data
    if manifest:
        known = json.loads(parts["manifest.json"])
        parts["manifest.json"] = json.dumps({**known, **manifest}).encode()
    with tarfile.open(file, "w") as tar:
        for name, content in parts.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            tar.addfile(info, io.BytesIO(content))
