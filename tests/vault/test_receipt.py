"""A receipt says what was destroyed, and nobody can change it unnoticed."""

import orjson
import pytest

from bot.errors import Tampered
from bot.model import Secret
from bot.vault.receipt import Leftover, Receipt, Signer, verify

RECEIPT = Receipt(
    installation=1, repository=0, reason="uninstalled", began=1.0, ended=2.0, keys_destroyed=3,
    rows_deleted={"repository": 2}, remaining={}, deploy_keys=(Leftover(5, "SHA256:x", 9, False, "https://host/x"),),
)  # fmt: skip


def test_a_signed_receipt_verifies():
    receipt = verify(Signer(Secret(bytes(32))).sign(RECEIPT))
    assert receipt["rows_deleted"] == {"repository": 2}
    assert receipt["deploy_keys"][0]["fingerprint"] == "SHA256:x"


def test_any_change_is_noticed():
    document = orjson.loads(Signer(Secret(bytes(32))).sign(RECEIPT))
    document["receipt"]["keys_destroyed"] = 4
    with pytest.raises(Tampered):
        verify(orjson.dumps(document))


@pytest.mark.parametrize("document", [b"", b"[]", b"{}", b'{"receipt":{},"public_key":"x","signature":"y"}', b"null"])
def test_what_is_no_receipt_is_refused(document):
    with pytest.raises(Tampered):
        verify(document)
