"""Seals everything before it reaches the disk, with keys that can be forgotten one by one.

The ladder: ``root.key`` and the newest ``epoch-<n>.key`` (files, never in the database) give the
key that wraps each voice's and each page's own key; those seal what was said. Forgetting a wrapped
key is forgetting all it sealed; forgetting an epoch does the same to every backup of that time.

What is sealed is bound to its table, column and row (XChaCha20-Poly1305, associated data), so that
a blob put in another place does not open there, and padded, so that its length says little.
"""

import hashlib
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

import msgspec
from nacl.bindings import (
    crypto_aead_xchacha20poly1305_ietf_decrypt,
    crypto_aead_xchacha20poly1305_ietf_encrypt,
)
from nacl.exceptions import CryptoError

from bot.storage import keys
from bot.storage.errors import Damaged

BUCKETS = (256, 1024, 4096, 16384)
"""Sizes of what is sealed, in bytes; beyond the last one its multiples (security notes, §3.1)."""

VERSION = b"\x01"
NONCE_BYTES = 24
LENGTH_BYTES = 4
EPOCH_BYTES = 4


class Vault:
    """Seals and opens; holds the root key and the keys of the epochs, and shows none of them."""

    def __init__(self, root: bytes, epochs: Mapping[int, bytes]) -> None:
        if len(root) != keys.KEY_BYTES or not epochs:
            raise ValueError("a vault needs a root key of 32 bytes and at least one epoch")
        self._lookup = _derive(root, "lookup")
        self._root_check = _derive(root, "check")
        self._wrapping = {epoch: _derive(root, "wrap", key) for epoch, key in epochs.items()}
        self._epoch = max(epochs)

    @classmethod
    def create(cls, folder: Path) -> "Vault":
        """Make new keys in ``folder/keys``, and return the vault they open.

        Raises ``StorageError`` when there are keys or a database already: new keys beside old data
        would lock it for ever. Either all keys are there afterwards, on the disk, or none.
        """
        return cls(*keys.make(folder))

    @classmethod
    def open(cls, folder: Path) -> "Vault":
        """The vault of the keys in ``folder/keys``; never makes one.

        Raises ``StorageError`` when a key is missing, cannot be read, is not a key, or may be read
        by others than its owner.
        """
        return cls(*keys.read(folder))

    def seal(self, key: bytes, plaintext: bytes, *where: str | int) -> bytes:
        """Close ``plaintext`` with ``key`` for the place ``where``: table, column, row id.

        The length of the result depends only on the bucket ``plaintext`` falls in. The same
        plaintext never gives the same result twice.
        """
        return VERSION + _encrypt(_padded(plaintext), where, key)

    def unseal(self, key: bytes, sealed: bytes, *where: str | int) -> bytes:
        """The plaintext that was sealed with ``key`` for ``where``.

        Raises ``Damaged`` when it was changed, was sealed for another place or with another key.
        """
        if sealed[:1] != VERSION:
            raise Damaged(_damaged(where))
        return _unpadded(_decrypt(sealed[1:], where, key))

    def new_key(self, *where: str | int) -> tuple[bytes, bytes]:
        """A new key, and the same key wrapped for the place where it will be kept."""
        key = secrets.token_bytes(keys.KEY_BYTES)
        epoch = self._epoch.to_bytes(EPOCH_BYTES, "big")
        return key, VERSION + epoch + _encrypt(key, where, self._wrapping[self._epoch])

    def unwrap(self, wrapped: bytes, *where: str | int) -> bytes:
        """The key that was wrapped for ``where``.

        Raises ``Damaged`` as ``unseal`` does, also when the key of its epoch is not there.
        """
        start = len(VERSION) + EPOCH_BYTES
        if wrapped[:1] != VERSION or len(wrapped) < start:
            raise Damaged(_damaged(where))
        epoch = int.from_bytes(wrapped[1:start], "big")
        if epoch not in self._wrapping:
            raise Damaged(f"{_damaged(where)}: sleutel {epoch} ontbreekt")
        return _decrypt(wrapped[start:], where, self._wrapping[epoch])

    def key(self, purpose: Literal["notice", "inbox", "desk"]) -> bytes:
        """The key for what belongs to no voice and no page.

        It comes from the newest epoch, so that an old backup of such a row closes with its epoch;
        whoever begins a new epoch seals these rows again.
        """
        return _derive(self._wrapping[self._epoch], purpose)

    def lookup(self, label: str, value: str) -> bytes:
        """A keyed hash of 32 bytes: finds ``value`` again without keeping it.

        ``label`` says what kind of value it is; the same value under another label differs.
        """
        named = f"{label}\0{value}".encode("utf-8", "surrogatepass")
        return hashlib.blake2b(named, key=self._lookup, digest_size=keys.KEY_BYTES).digest()

    def checks(self) -> dict[str, bytes]:
        """What each key is recognised by; tells nothing about the key itself."""
        epochs = {f"epoch-{epoch}": _derive(key, "check") for epoch, key in self._wrapping.items()}
        return {"root": self._root_check, **epochs}


def _derive(key: bytes, purpose: str, material: bytes = b"") -> bytes:
    """Another key of 32 bytes. ``purpose`` has at most 16 letters (a limit of BLAKE2b)."""
    return hashlib.blake2b(
        material, key=key, person=purpose.encode(), digest_size=keys.KEY_BYTES
    ).digest()


def _place(where: tuple[str | int, ...]) -> bytes:
    """``where`` as associated data: no two places are written alike."""
    return msgspec.json.encode(("samenspraak", VERSION[0], *where))


def _encrypt(plaintext: bytes, where: tuple[str | int, ...], key: bytes) -> bytes:
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + crypto_aead_xchacha20poly1305_ietf_encrypt(plaintext, _place(where), nonce, key)


def _decrypt(sealed: bytes, where: tuple[str | int, ...], key: bytes) -> bytes:
    nonce, closed = sealed[:NONCE_BYTES], sealed[NONCE_BYTES:]
    try:
        return crypto_aead_xchacha20poly1305_ietf_decrypt(closed, _place(where), nonce, key)
    except (CryptoError, ValueError) as error:
        raise Damaged(_damaged(where)) from error


def _bucket(size: int) -> int:
    for bucket in BUCKETS:
        if size <= bucket:
            return bucket
    return -(-size // BUCKETS[-1]) * BUCKETS[-1]


def _padded(plaintext: bytes) -> bytes:
    size = LENGTH_BYTES + len(plaintext)
    return (len(plaintext).to_bytes(LENGTH_BYTES, "big") + plaintext).ljust(_bucket(size), b"\0")


def _unpadded(padded: bytes) -> bytes:
    length = int.from_bytes(padded[:LENGTH_BYTES], "big")
    return padded[LENGTH_BYTES : LENGTH_BYTES + length]


def _damaged(where: tuple[str | int, ...]) -> str:
    return f"beschadigd in de database: {' '.join(str(part) for part in where)}"
