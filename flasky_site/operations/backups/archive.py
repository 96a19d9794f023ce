"""The file of a backup: a tar of the database, the pictures, and a manifest.

``manifest.json`` stands last, so that everything is written once and in order. It holds
the SHA-256 of every other member and what the database contained.
"""

import hashlib
import io
import json
import os
import tarfile
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO, Any

from .errors import BackupError

FORMAT = 1
MANIFEST = "manifest.json"
MEDIA = "media/"
_CHUNK = 1024 * 1024


@dataclass
class Manifest:
    """What a backup says about itself."""

    format: int
    # ISO 8601, in UTC.
    made_at: str
    # "postgresql" or "sqlite".
    engine: str
    # The name of the database's member.
    database: str
    # The migrations that its tables have seen, as ``app.name``.
    migrations: list[str]
    # As ``fingerprint`` gives it.
    tables: dict[str, list[Any]]
    # SHA-256 of each member, in hexadecimal.
    members: dict[str, str] = field(default_factory=dict)


class HashingReader:
    """Hashes what is read through it."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._sha256 = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        data = self._file.read(size)
        self._sha256.update(data)
        return data

    def hexdigest(self) -> str:
        return self._sha256.hexdigest()


class ArchiveWriter:
    """Adds files to a backup that is being made."""

    def __init__(self, tar: tarfile.TarFile) -> None:
        self._tar = tar
        self.members: dict[str, str] = {}

    def add(self, name: str, path: Path) -> None:
        """Add what ``path`` holds now; raise FileNotFoundError when it has gone."""
        with path.open("rb") as file:
            info = tarfile.TarInfo(name)
            info.size = os.fstat(file.fileno()).st_size
            info.mtime = time.time()
            info.mode = 0o600
            reader = HashingReader(file)
            self._tar.addfile(info, reader)
        self.members[name] = reader.hexdigest()

    def finish(self, manifest: Manifest) -> None:
        manifest.members = self.members
        text = json.dumps(asdict(manifest), indent=1).encode()
        info = tarfile.TarInfo(MANIFEST)
        info.size, info.mtime, info.mode = len(text), time.time(), 0o600
        self._tar.addfile(info, io.BytesIO(text))


@contextmanager
def writing(path: Path) -> Iterator[ArchiveWriter]:
    """Make a backup at ``path``, which is there when it is whole and not before."""
    # A name of its own, and for its owner alone: another backup to the same file may
    # be under way.
    handle, name = tempfile.mkstemp(".unfinished", f"{path.name}.", path.parent)
    unfinished = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            with tarfile.open(fileobj=file, mode="w") as tar:
                yield ArchiveWriter(tar)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise


class ArchiveReader:
    """Gives back what a backup holds, and raises BackupError for what is damaged."""

    def __init__(self, tar: tarfile.TarFile) -> None:
        self._tar = tar
        self.manifest = self._read_manifest()

    def _read_manifest(self) -> Manifest:
        try:
            manifest = Manifest(**json.load(self._open(MANIFEST)))
        except (BackupError, TypeError, ValueError, tarfile.TarError):
            manifest = None
        if manifest is None or not _is_well_formed(manifest):
            raise BackupError("This is no backup of Flasky, or its end is missing.")
        if manifest.format != FORMAT:
            raise BackupError(
                f"The backup is of format {manifest.format}; this version of Flasky "
                f"reads format {FORMAT}. Restore it with the version that made it."
            )
        return manifest

    def media(self) -> list[str]:
        """Return the paths of the pictures in the folder of pictures."""
        names = [name for name in self.manifest.members if name.startswith(MEDIA)]
        return [_inside(name.removeprefix(MEDIA)) for name in names]

    def copy(self, name: str, to: Path | None) -> None:
        """Write a member to ``to``, or only read it, and compare its hash."""
        reader = HashingReader(self._open(name))
        try:
            with to.open("wb") if to else io.BytesIO() as file:
                while chunk := reader.read(_CHUNK):
                    if to:
                        file.write(chunk)
        except tarfile.ReadError:
            raise BackupError(f"{name} is cut off in the backup.") from None
        if reader.hexdigest() != self.manifest.members.get(name):
            raise BackupError(f"{name} is damaged in the backup.")

    def _open(self, name: str) -> IO[bytes]:
        try:
            info = self._tar.getmember(name)
        except KeyError:
            raise BackupError(f"{name} is missing from the backup.") from None
        # What we write holds no links, and one may lead to itself.
        file = self._tar.extractfile(info) if info.isreg() else None
        if file is None:
            raise BackupError(f"{name} is no file in the backup.")
        return file


@contextmanager
def reading(path: Path) -> Iterator[ArchiveReader]:
    """Open the backup at ``path``. Raise BackupError for what is none."""
    try:
        tar = tarfile.open(path, mode="r:")  # noqa: SIM115
    except FileNotFoundError:
        raise BackupError(f"There is no file {path}.") from None
    except (tarfile.TarError, OSError) as error:
        raise BackupError(f"{path} cannot be read as a backup: {error}") from None
    with tar:
        yield ArchiveReader(tar)


def _is_well_formed(manifest: Manifest) -> bool:
    """Say whether it is of the types that it should be; anybody may have written it."""
    kinds = (
        (manifest.members, dict),
        (manifest.tables, dict),
        (manifest.migrations, list),
    )
    if not all(isinstance(value, kind) for value, kind in kinds):
        return False
    texts = [
        manifest.engine,
        manifest.database,
        manifest.made_at,
        *manifest.members.values(),
        *manifest.migrations,
    ]
    pairs = [*manifest.tables.values()]
    return all(isinstance(text, str) for text in texts) and all(
        isinstance(pair, list) and len(pair) == 2 for pair in pairs
    )


def _inside(name: str) -> str:
    """Return a path that cannot lead out of its folder, or raise BackupError."""
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or not path.parts:
        raise BackupError(f"The backup names a file outside its folder: {name!r}.")
    return str(path)
