"""A full disk for pictures: a file system of 1 MB in memory, of which all is taken."""

import io
import os
import subprocess
import time

from PIL import Image

from tests.faults.site import Site
from tests.faults.verdicts import Verdict, run
from tests.faults.visitors import Answer, Load, Visitor

TITLE = "a full disk for pictures (tmpfs of 1 MB)"
_MEMBER = 150


def picture(seed: int) -> bytes:
    """Return a picture of noise, which does not get small."""
    side = 300
    pixels = bytes((i * i * (seed + 3) >> 5) & 255 for i in range(side * side * 3))
    file = io.BytesIO()
    Image.frombytes("RGB", (side, side), pixels).save(file, "PNG")
    return file.getvalue()


def files(site: Site) -> set[str]:
    found = (path for path in site.media.rglob("*") if path.is_file())
    return {path.name for path in found} - {"filler"}


def fill(site: Site) -> None:
    with (site.media / "filler").open("wb", buffering=0) as filler:
        for size in (4096, 1):
            try:
                while True:
                    filler.write(b"x" * size)
            except OSError:
                continue


def is_a_sentence(answer: Answer) -> bool:
    return answer.outcome == "503" and "no room for pictures" in answer.text


def script(site: Site, verdict: Verdict) -> None:
    if os.geteuid() != 0:
        verdict.promise("NOT RUN, since only root may mount a file system", False)
        return
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m,mode=0777", "tmpfs"]
    subprocess.run([*mount, str(site.media)], check=True)
    try:
        with site.serving():
            look(site, verdict)
    finally:
        subprocess.run(["umount", str(site.media)], check=True)


def look(site: Site, verdict: Verdict) -> None:
    member = Visitor(site.port)
    member.log_in(_MEMBER)
    stored = member.send_picture(picture(1)).outcome
    verdict.promise(
        f"a picture is taken while there is room, {stored}", stored == "302"
    )
    before = files(site)
    fill(site)
    with Load(site) as load:
        answer = load.note("upload", "", lambda: member.send_picture(picture(2)))
        time.sleep(3)
    verdict.promise(
        f"one too many is refused with a sentence, {answer.outcome}",
        is_a_sentence(answer),
    )
    verdict.promise("the picture before is whole", files(site) == before)
    number = site.ids[_MEMBER]
    shown = site.rows(f"select avatar from accounts_user where id = {number}")
    named = all(name.startswith(str(shown[0][0])) for name in before)
    verdict.promise("and still theirs", named)
    (site.media / "filler").unlink()
    again = member.send_picture(picture(2)).outcome
    verdict.promise(f"and taken when there is room again, {again}", again == "302")
    verdict.settle_load(site, load, "503")
    others = [entry for entry in load.ledger.entries if entry.kind != "upload"]
    verdict.promise("all else goes on", all(entry.is_acknowledged for entry in others))


if __name__ == "__main__":
    run(script, TITLE)
