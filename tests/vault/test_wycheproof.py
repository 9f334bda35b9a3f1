"""The format against test vectors that nobody here wrote."""

import hashlib
import json
import os
import zlib
from pathlib import Path

import pytest

from bot.errors import Tampered
from bot.vault import cobblestone


@pytest.mark.skipif("SEALBEAT_ORACLES" not in os.environ, reason="SEALBEAT_ORACLES is not set")
def test_all_wycheproof_vectors_of_the_format_hold():
    path = Path(os.environ["SEALBEAT_ORACLES"]) / "wycheproof" / "c2sp_chunked_encryption_aes_256_gcm_test.json"
    cases = [case for group in json.loads(path.read_text())["testGroups"] for case in group["tests"]]
    for case in cases:
        key, context = bytes.fromhex(case["key"]), bytes.fromhex(case["ctx"])
        try:
            message = cobblestone.decrypt(key, context, zlib.decompress(bytes.fromhex(case["ct"])))
            opened = hashlib.sha512(message).hexdigest() == case["msgSha512"]
        except Tampered:
            opened = False
        assert opened == (case["result"] == "valid"), case["comment"]
    assert len(cases) == 35
