from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import Struct, structs

from bot.dialogue.conversation import Conversation
from bot.dialogue.message import Moment, Text
from bot.storage.codec import decode, encode
from bot.storage.envelopes import Envelope
from bot.storage.errors import Damaged
from bot.texts import Line, Message

OLD = Path(__file__).parent / "old"
KINDS: dict[str, type[Struct]] = {
    "conversation": Conversation,
    "message": Message,
    "envelope": Envelope,
}

# A default that msgspec makes anew each time is no value to draw: the values of a text are given.
st.register_type_strategy(
    Text,
    st.recursive(
        st.builds(Text, values=st.just({}), count=...),
        lambda texts: st.builds(
            Text,
            count=...,
            values=st.dictionaries(
                st.text(), st.integers() | st.text() | st.from_type(Moment) | texts
            ),
        ),
    ),
)


@settings(deadline=None)
@given(st.from_type(Conversation).map(lambda made: structs.replace(made, schema=1)))
def test_a_conversation_survives_unchanged(conversation: Conversation) -> None:
    assert decode(encode(conversation), Conversation) == conversation


@settings(deadline=None)
@given(st.from_type(Message))
def test_a_message_survives_unchanged(message: Message) -> None:
    assert decode(encode(message), Message) == message


@settings(deadline=None)
@given(st.from_type(Envelope).map(lambda made: structs.replace(made, schema=1)))
def test_an_envelope_survives_unchanged(envelope: Envelope) -> None:
    assert decode(encode(envelope), Envelope) == envelope


@settings(deadline=None)
@given(st.text(st.characters(), max_size=20))
def test_anything_typed_can_be_kept(words: str) -> None:
    """Also half a surrogate pair, which JSON from outside can hold and no screen can show."""
    message = Message((Line(words),), "nl")

    kept = decode(encode(message), Message).lines[0].text

    assert kept == words.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def test_half_a_pair_becomes_a_replacement_and_a_whole_pair_its_character() -> None:
    message = Message((Line("a\ud83db"), Line("\ud83d\ude0a")), "nl")

    kept = decode(encode(message), Message)

    assert [line.text for line in kept.lines] == ["a\ufffdb", "\U0001f60a"]


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b'{"lines": 3}', b'"\xff"'])
def test_what_cannot_be_understood_is_damaged_and_never_quoted(data: bytes) -> None:
    with pytest.raises(Damaged, match="Message") as caught:
        decode(data, Message)
    assert caught.value.__cause__ is None


def test_what_newer_code_wrote_is_not_half_understood() -> None:
    class Later(Struct, frozen=True):
        address: str
        schema: int = 2

    with pytest.raises(Damaged, match="nieuwere versie: Envelope 2"):
        decode(encode(Later("5551234")), Envelope)


@pytest.mark.parametrize("path", sorted(OLD.glob("*.json")), ids=lambda path: path.stem)
def test_every_form_that_was_ever_written_can_be_read(path: Path) -> None:
    kind = KINDS[path.stem.split("-")[0]]

    value = decode(path.read_bytes(), kind)

    assert "hij slaapt slecht" in encode(value).decode()


def test_there_is_an_old_form_of_everything_that_is_kept() -> None:
    assert {path.stem.split("-")[0] for path in OLD.glob("*.json")} == set(KINDS)
