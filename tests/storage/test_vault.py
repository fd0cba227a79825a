import stat
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.storage.errors import Damaged, StorageError
from bot.storage.keys import DATABASE
from bot.storage.vault import BUCKETS, Vault

ROOT = bytes(range(32))
VAULT = Vault(ROOT, {1: bytes(32)})
KEY = b"k" * 32
OVERHEAD = 1 + 24 + 16

places = st.lists(st.text() | st.integers(), max_size=4).map(tuple)


@settings(deadline=None)
@given(st.binary(max_size=20_000), places)
def test_what_was_sealed_opens_in_its_own_place(plaintext: bytes, where: tuple[str | int]) -> None:
    sealed = VAULT.seal(KEY, plaintext, *where)

    assert VAULT.unseal(KEY, sealed, *where) == plaintext


@settings(deadline=None)
@given(st.binary(max_size=300), st.data())
def test_any_flipped_bit_is_refused(plaintext: bytes, data: st.DataObject) -> None:
    sealed = bytearray(VAULT.seal(KEY, plaintext, "voice", "conversation", 1))
    sealed[data.draw(st.integers(0, len(sealed) - 1))] ^= 1 << data.draw(st.integers(0, 7))

    with pytest.raises(Damaged):
        VAULT.unseal(KEY, bytes(sealed), "voice", "conversation", 1)


@settings(deadline=None)
@given(st.integers(0, 1064))
def test_what_was_cut_off_is_refused(length: int) -> None:
    sealed = VAULT.seal(KEY, b"x" * 900, "voice", "conversation", 1)

    with pytest.raises(Damaged):
        VAULT.unseal(KEY, sealed[:length], "voice", "conversation", 1)


@settings(deadline=None)
@given(places, places)
def test_what_was_sealed_opens_in_no_other_place(
    here: tuple[str | int], there: tuple[str | int]
) -> None:
    sealed = VAULT.seal(KEY, b"woorden", *here)

    if here == there:
        assert VAULT.unseal(KEY, sealed, *there) == b"woorden"
    else:
        with pytest.raises(Damaged):
            VAULT.unseal(KEY, sealed, *there)


@settings(deadline=None)
@given(st.binary(max_size=50_000))
def test_only_the_bucket_of_a_text_shows_in_its_size(plaintext: bytes) -> None:
    size = len(VAULT.seal(KEY, plaintext)) - OVERHEAD

    assert size in BUCKETS or size % BUCKETS[-1] == 0
    assert size >= len(plaintext)


@pytest.mark.parametrize(
    ("length", "bucket"),
    [(0, 256), (252, 256), (253, 1024), (4092, 4096), (16380, 16384), (16381, 32768)],
)
def test_a_text_takes_the_smallest_bucket_it_fits_in(length: int, bucket: int) -> None:
    assert len(VAULT.seal(KEY, b"x" * length)) == bucket + OVERHEAD


def test_the_same_words_never_look_the_same_twice() -> None:
    assert VAULT.seal(KEY, b"help", "page", "body", 1) != VAULT.seal(
        KEY, b"help", "page", "body", 1
    )


def test_another_key_does_not_open() -> None:
    sealed = VAULT.seal(KEY, b"woorden", "page", "body", 1)

    with pytest.raises(Damaged, match="page body 1"):
        VAULT.unseal(b"j" * 32, sealed, "page", "body", 1)


def test_a_wrapped_key_opens_in_its_own_place_only() -> None:
    key, wrapped = VAULT.new_key("voice", "key", 1)

    assert VAULT.unwrap(wrapped, "voice", "key", 1) == key
    with pytest.raises(Damaged):
        VAULT.unwrap(wrapped, "voice", "key", 2)


@pytest.mark.parametrize("wrapped", [b"", b"\x01\x00", b"\x02" + bytes(80), bytes(77)])
def test_what_is_no_wrapped_key_is_refused(wrapped: bytes) -> None:
    with pytest.raises(Damaged):
        VAULT.unwrap(wrapped, "voice", "key", 1)


def test_a_new_epoch_wraps_with_its_own_key_and_still_opens_the_old_ones() -> None:
    key, wrapped = VAULT.new_key("voice", "key", 1)
    both = Vault(ROOT, {1: bytes(32), 2: b"2" * 32})
    later, wrapped_later = both.new_key("voice", "key", 2)

    assert both.unwrap(wrapped, "voice", "key", 1) == key
    assert both.unwrap(wrapped_later, "voice", "key", 2) == later


def test_a_key_of_a_forgotten_epoch_opens_nothing_any_more() -> None:
    _, wrapped = VAULT.new_key("voice", "key", 1)
    later = Vault(ROOT, {2: b"2" * 32})

    with pytest.raises(Damaged, match="sleutel 1 ontbreekt"):
        later.unwrap(wrapped, "voice", "key", 1)


def test_keys_for_a_purpose_differ_by_purpose_and_by_epoch() -> None:
    later = Vault(ROOT, {1: bytes(32), 2: b"2" * 32})
    purposes = [vault.key(what) for vault in (VAULT, later) for what in ("notice", "inbox", "desk")]

    assert len(set(purposes)) == 6
    assert VAULT.key("notice") == Vault(ROOT, {1: bytes(32)}).key("notice")


@settings(deadline=None)
@given(st.text(), st.text())
def test_two_values_are_never_found_as_one(one: str, other: str) -> None:
    same = VAULT.lookup("chat/telegram", one) == VAULT.lookup("chat/telegram", other)

    assert same == (one == other)


def test_a_value_is_found_by_its_label_root_and_whatever_it_holds() -> None:
    found = VAULT.lookup("chat/telegram", "5551234")

    assert len(found) == 32
    assert found != VAULT.lookup("email", "5551234")
    assert found != Vault(b"r" * 32, {1: bytes(32)}).lookup("chat/telegram", "5551234")
    assert len(VAULT.lookup("chat/web", "\ud800")) == 32


@pytest.mark.parametrize(("root", "epochs"), [(b"short", {1: bytes(32)}), (bytes(32), {})])
def test_a_vault_needs_whole_keys(root: bytes, epochs: dict[int, bytes]) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        Vault(root, epochs)


def test_new_keys_are_for_their_owner_alone_and_open_what_they_sealed(tmp_path: Path) -> None:
    data = tmp_path / "data"
    made = Vault.create(data)
    key, wrapped = made.new_key("voice", "key", 1)

    assert Vault.open(data).unwrap(wrapped, "voice", "key", 1) == key
    assert Vault.open(data).checks() == made.checks()
    assert {path.name: stat.S_IMODE(path.stat().st_mode) for path in data.rglob("*")} == {
        "keys": 0o700,
        "root.key": 0o400,
        "epoch-1.key": 0o400,
    }


def test_keys_are_never_made_over_other_keys(tmp_path: Path) -> None:
    before = Vault.create(tmp_path).checks()

    with pytest.raises(StorageError, match="nooit overschreven"):
        Vault.create(tmp_path)
    assert Vault.open(tmp_path).checks() == before


def test_keys_are_never_made_beside_a_database(tmp_path: Path) -> None:
    (tmp_path / DATABASE).write_bytes(b"iets")

    with pytest.raises(StorageError, match="al een database"):
        Vault.create(tmp_path)
    assert not (tmp_path / "keys").exists()


def test_keys_that_cannot_be_written_leave_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(StorageError, match="niet gemaakt"):
        Vault.create(tmp_path / "file" / "data")


def test_half_made_keys_do_not_stay(tmp_path: Path) -> None:
    """A name that exists but leads nowhere makes the last step fail: putting the keys in place."""
    (tmp_path / "keys").symlink_to(tmp_path / "nowhere")

    with pytest.raises(StorageError, match="niet gemaakt"):
        Vault.create(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["keys"]


def test_opening_never_makes_a_key(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match=r"root\.key ontbreekt.*samenspraak init"):
        Vault.open(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_missing_epoch_is_named(tmp_path: Path) -> None:
    Vault.create(tmp_path)
    (tmp_path / "keys" / "epoch-1.key").unlink()
    (tmp_path / "keys" / "epoch-oud.key").write_text("geen nummer")

    with pytest.raises(StorageError, match=r"epoch-1\.key ontbreekt"):
        Vault.open(tmp_path)


def test_a_key_that_others_can_read_is_refused(tmp_path: Path) -> None:
    Vault.create(tmp_path)
    (tmp_path / "keys" / "root.key").chmod(0o440)

    with pytest.raises(StorageError, match="chmod 400"):
        Vault.open(tmp_path)


@pytest.mark.parametrize("content", ["", "geen sleutel", "ab" * 31, "é"])
def test_a_file_that_is_no_key_is_refused(tmp_path: Path, content: str) -> None:
    Vault.create(tmp_path)
    path = tmp_path / "keys" / "root.key"
    path.chmod(0o600)
    path.write_text(content)

    with pytest.raises(StorageError, match="is geen sleutel"):
        Vault.open(tmp_path)


def test_a_key_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    Vault.create(tmp_path)
    path = tmp_path / "keys" / "root.key"
    path.unlink()
    path.mkdir(mode=0o700)

    with pytest.raises(StorageError, match="niet te lezen"):
        Vault.open(tmp_path)
