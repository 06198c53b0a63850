import pytest

from storage.crypto import Cipher
from storage.errors import WrongDataKey


@pytest.mark.parametrize("text", ["", "Ana", "Zoë 🙂\n", "x" * 10_000])
def test_decrypts_what_it_encrypted(cipher: Cipher, text: str) -> None:
    assert cipher.decrypt(cipher.encrypt(text)) == text


def test_the_same_text_never_looks_the_same(cipher: Cipher) -> None:
    assert cipher.encrypt("Ana") != cipher.encrypt("Ana")


def test_first_key_writes_and_every_key_reads() -> None:
    old, new = Cipher.new_key(), Cipher.new_key()
    both = Cipher([new, old])
    assert both.decrypt(Cipher([old]).encrypt("Ana")) == "Ana"
    assert Cipher([new]).decrypt(both.encrypt("Ana")) == "Ana"


def test_new_key_in_front_keeps_hashes_and_derived_secrets() -> None:
    old = Cipher.new_key()
    before, after = Cipher([old]), Cipher([Cipher.new_key(), old])
    assert after.keyed_hash("Ana") == before.keyed_hash("Ana")
    assert after.derive("buttons") == before.derive("buttons")


def test_hash_is_steady_and_depends_on_text_and_key(cipher: Cipher) -> None:
    assert cipher.keyed_hash("Ana") == cipher.keyed_hash("Ana")
    assert cipher.keyed_hash("Ana") != cipher.keyed_hash("Bea")
    assert cipher.keyed_hash("Ana") != Cipher([Cipher.new_key()]).keyed_hash("Ana")


def test_each_purpose_has_a_secret_of_its_own(cipher: Cipher) -> None:
    assert len(cipher.derive("buttons")) == 32
    assert cipher.derive("buttons") != cipher.derive("links")


@pytest.mark.parametrize("keys", [[], [""], ["too short"], ["ä" * 44], [Cipher.new_key(), "x"]])
def test_malformed_key_is_refused_without_being_shown(keys: list[str]) -> None:
    with pytest.raises(WrongDataKey) as caught:
        Cipher(keys)
    assert not any(key and key in str(caught.value) for key in keys)


def test_altered_token_is_refused(cipher: Cipher) -> None:
    token = cipher.encrypt("Ana")
    with pytest.raises(WrongDataKey):
        cipher.decrypt(token[:-4] + "AAA=")
