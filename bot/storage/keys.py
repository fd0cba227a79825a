"""The key files: made once by ``init``, read at every start.

``<folder>/keys/root.key`` and ``<folder>/keys/epoch-<n>.key`` hold 32 bytes as hexadecimal text,
so that a copy can be printed for the safe.
"""

import os
import secrets
import shutil
import tempfile
from pathlib import Path

from bot.storage.errors import StorageError

DATABASE = "samenspraak.db"
"""The database's name in the data folder."""

FOLDER = "keys"
ROOT = "root.key"
KEY_BYTES = 32
OPEN_TO_OTHERS = 0o077


def make(folder: Path) -> tuple[bytes, dict[int, bytes]]:
    """Make the root key and that of the first epoch; return both.

    They are written to a new folder that is put in place at once, synced to the disk: after a
    power cut there are all keys or none. Raises ``StorageError`` when there are keys or a database
    already, or the folder cannot be written.
    """
    if (folder / DATABASE).exists():
        raise StorageError(
            "Er is hier al een database. Nieuwe sleutels zouden die onleesbaar maken."
        )
    if (folder / FOLDER).exists():
        raise StorageError("Er zijn hier al sleutels. Ze worden nooit overschreven.")
    root, epoch = secrets.token_bytes(KEY_BYTES), secrets.token_bytes(KEY_BYTES)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(prefix=f".{FOLDER}-", dir=folder))
        try:
            _write(fresh / ROOT, root)
            _write(fresh / _name(1), epoch)
            sync_folder(fresh)
            fresh.rename(folder / FOLDER)
        except BaseException:
            shutil.rmtree(fresh)
            raise
        sync_folder(folder)
    except OSError as error:
        raise StorageError(f"De sleutels zijn niet gemaakt: {error.strerror}.") from error
    return root, {1: epoch}


def read(folder: Path) -> tuple[bytes, dict[int, bytes]]:
    """The root key and the key of every epoch there is.

    Raises ``StorageError`` when one is missing, cannot be read, is not a key, or may be read by
    others than its owner.
    """
    place = folder / FOLDER
    root = _read(place / ROOT)
    epochs = {
        int(number): _read(path)
        for path in place.glob("epoch-*.key")
        if (number := path.stem.removeprefix("epoch-")).isdecimal()
    }
    if not epochs:
        raise StorageError(
            f"De sleutel {_name(1)} ontbreekt in de map {FOLDER}. Zet hem terug uit de kluis."
        )
    return root, epochs


def sync_folder(folder: Path) -> None:
    """Make sure that the names in ``folder`` survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _name(epoch: int) -> str:
    return f"epoch-{epoch}.key"


def _write(path: Path, key: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400)
    with os.fdopen(descriptor, "w") as file:
        file.write(f"{key.hex()}\n")
        file.flush()
        os.fsync(descriptor)


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_mode & OPEN_TO_OTHERS:
            raise StorageError(
                f"De sleutel {path.name} mag alleen leesbaar zijn voor de gebruiker van de dienst. "
                f"Doe: chmod 400 {FOLDER}/{path.name}"
            )
        key = bytes.fromhex(path.read_text("ascii").strip())
    except FileNotFoundError as error:
        raise StorageError(
            f"De sleutel {path.name} ontbreekt in de map {FOLDER}. Nieuw begin? Doe: samenspraak "
            "init. Anders: zet hem terug uit de kluis."
        ) from error
    except OSError as error:
        raise StorageError(f"De sleutel {path.name} is niet te lezen: {error.strerror}.") from error
    except ValueError as error:
        raise StorageError(_no_key(path)) from error
    if len(key) != KEY_BYTES:
        raise StorageError(_no_key(path))
    return key


def _no_key(path: Path) -> str:
    return f"Het bestand {path.name} is geen sleutel. Zet hem terug uit de kluis."
