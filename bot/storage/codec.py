"""Values to bytes and back: msgspec JSON, read again in every form it was ever written in.

A form that changes must keep reading the old one: a new field gets a default, and a value with a
``schema`` field raises it. ``tests/storage/old`` holds one of each form that was ever released.
"""

import json
from functools import cache
from typing import TypeVar

import msgspec

from bot.storage.errors import Damaged

T = TypeVar("T", bound=msgspec.Struct)


def encode(value: msgspec.Struct) -> bytes:
    """``value`` as JSON. Never fails for anything a person can type.

    Half a surrogate pair is not text and cannot be shown anywhere: it becomes U+FFFD.
    """
    try:
        return msgspec.json.encode(value)
    except UnicodeEncodeError:
        text = json.dumps(msgspec.to_builtins(value), ensure_ascii=False)
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").encode()


def decode(data: bytes, kind: type[T]) -> T:
    """The value of ``kind`` that ``data`` was made from.

    Raises ``Damaged`` when it is none, or was written by newer code than this: half understood and
    saved again, it would lose what this code does not know.
    """
    decoder: msgspec.json.Decoder[T]
    decoder, newest = _reader(kind)
    try:
        value = decoder.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError):
        # The cause may quote what someone said.
        raise Damaged(f"onleesbaar in de database: {kind.__name__}") from None
    schema = getattr(value, "schema", newest)
    if schema > newest:
        raise Damaged(f"geschreven door een nieuwere versie: {kind.__name__} {schema}")
    return value


@cache
def _reader(kind: type[T]) -> tuple[msgspec.json.Decoder[T], int]:
    """A decoder for ``kind``, and the newest schema it knows."""
    defaults = {field.name: field.default for field in msgspec.structs.fields(kind)}
    return msgspec.json.Decoder(kind), defaults.get("schema", 0)
