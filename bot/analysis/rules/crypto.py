"""Hashes, ciphers and keys that no longer protect."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.analysis.rules.lib.calls import ECMASCRIPT, Call, call_sites, holds, option, short
from bot.analysis.rules.lib.text import constant
from bot.analysis.rules.rule import Context, Found, Rule

_WEAK_HASH = re.compile(rb"(?i)(?:md[245]|sha-?1|ripemd-?128)(?:hex|base64)?\Z")
_PASSWORD = re.compile(rb"(?i)passw|passphrase|\bpwd\b")
_NAMED_LATER = frozenset({b"createHash", b"getInstance", b"new", b"hash", b"createHmac"})

_C_HASHES = ("MD5", "MD5_Init", "SHA1", "SHA1_Init", "CC_MD5", "CC_SHA1", "EVP_md5")
_HASHES: dict[str | tuple[str, ...], tuple[str, ...]] = {
    "python": ("hashlib.md5", "hashlib.sha1", "hashlib.new", "md5", "sha1"),
    ECMASCRIPT: ("createHash", "CryptoJS.MD5", "CryptoJS.SHA1"),
    "ruby": (
        *(
            f"Digest.{kind}.{name}"
            for kind in ("MD5", "SHA1")
            for name in ("hexdigest", "digest", "base64digest", "new")
        ),
        *("OpenSSL.Digest.MD5.new", "OpenSSL.Digest.SHA1.new", "OpenSSL.Digest.new"),
    ),
    "go": ("md5.New", "md5.Sum", "sha1.New", "sha1.Sum"),
    "java": ("MessageDigest.getInstance", "DigestUtils.md5Hex", "DigestUtils.sha1Hex", "DigestUtils.md5"),
    "kotlin": ("MessageDigest.getInstance", "DigestUtils.md5Hex", "DigestUtils.sha1Hex"),
    "php": ("md5", "sha1", "hash", "md5_file", "sha1_file"),
    "scala": ("MessageDigest.getInstance", "DigestUtils.md5Hex", "DigestUtils.sha1Hex"),
    "csharp": (
        *(f"{kind}.{name}" for kind in ("MD5", "SHA1") for name in ("Create", "HashData")),
        *("MD5CryptoServiceProvider", "SHA1CryptoServiceProvider", "SHA1Managed"),
    ),
    "elixir": ("crypto.hash", "erlang.md5"),
    "c": _C_HASHES,
    "cpp": _C_HASHES,
    "swift": (
        *("Insecure.MD5", "Insecure.SHA1", "Insecure.MD5.hash", "Insecure.SHA1.hash"),
        *("CC_MD5", "CC_SHA1"),
    ),
    "objc": _C_HASHES,
    "rust": ("Md5.new", "Md5.digest", "md5.compute", "Sha1.new", "Sha1.digest"),
}


_HASH_WORDS = {
    "python": (b"hashlib",),
    **dict.fromkeys(ECMASCRIPT, (b"createHash", b"CryptoJS")),
    "ruby": (b"Digest",),
    "java": (b"MessageDigest", b"DigestUtils"),
    "kotlin": (b"MessageDigest", b"DigestUtils"),
    "php": (b"md5", b"sha1", b"hash("),
    "scala": (b"MessageDigest", b"DigestUtils"),
}


def _weak_hash(call: Call, context: Context) -> bytes:
    """The name of the weak hash that the call makes; empty for another."""
    bare = context.language == "python" and not call.path.startswith(b"hashlib.")
    if bare and (b"." in call.path or not holds(context, b"from hashlib import")):
        return b""
    if context.language == "php" and b"." in call.path:
        return b""
    flag = call.keyword(b"usedforsecurity", context)
    if flag is not None and short(flag, context) == b"False":
        return b""
    named = call.name in _NAMED_LATER and not re.search(rb"(?:MD5|SHA1|Md5|Sha1)\.(?:new|hash)\Z", call.path)
    if context.language == "elixir" and call.name == b"hash":
        name = short(call.argument(0), context).lstrip(b":")
        name = b"sha1" if name == b"sha" else name
    elif named:
        name = constant(call.argument(0), context) or b""
    else:
        found = re.search(rb"(?i)md5|sha1", call.path)
        name = found[0] if found else b""
    return name if _WEAK_HASH.match(name) else b""


def _hashes(call: Call, context: Context) -> Iterable[Found]:
    name = _weak_hash(call, context)
    return [Found(call.node, name.decode("ascii", "replace").upper())] if name else ()


WEAK_HASH = Rule(
    "weak-hash",
    "security",
    "info",
    "A hash that can be forged",
    "{detail} no longer keeps two contents from having one hash: take SHA-256, or say that it is not for security.",
    call_sites(_HASHES, _hashes, _HASH_WORDS),
)


def _hashes_password(call: Call, context: Context) -> Iterable[Found]:
    values = call.arguments()[:2]
    text = b" ".join(context.data[value.start_byte : min(value.end_byte, value.start_byte + 200)] for value in values)
    if not _PASSWORD.search(text):
        return ()
    if call.name == b"update":
        made = re.search(rb"createHash\(\s*[\"'](md5|sha1)[\"']\s*\)\s*\.update\Z", call.text)
        return [Found(call.node, made[1].decode().upper())] if made else ()
    return _hashes(call, context)


WEAK_PASSWORD_HASH = Rule(
    "weak-password-hash",
    "security",
    "error",
    "A password is kept by a fast hash",
    "Use a password hash (Argon2, scrypt, bcrypt), not {detail}: with it, billions of guesses a second are cheap.",
    call_sites(
        {
            "python": _HASHES["python"],
            ECMASCRIPT: ("update", "CryptoJS.MD5", "CryptoJS.SHA1"),
            "ruby": _HASHES["ruby"],
            "go": ("md5.Sum", "sha1.Sum"),
            "java": ("DigestUtils.md5Hex", "DigestUtils.sha1Hex"),
            "php": ("md5", "sha1", "hash"),
        },
        _hashes_password,
        _HASH_WORDS,
    ),
)

_WEAK_CIPHER = re.compile(
    rb"(?i)(?:des(?:-?ede3?)?|3des|tripledes|rc[24]|arcfour|blowfish|bf|idea|cast5?|seed)(?:[-/].*)?\Z"
    rb"|(?!rsa|ecies).*[-/]ecb(?:[-/].*)?\Z"
)
_COMMON_CRYPTO = re.compile(rb"\bkCC(?:Algorithm(?:3?DES|CAST|RC4|RC2|Blowfish)|OptionECBMode)\b")
_ECB_ATTRIBUTE = re.compile(rb"(?:\A|\.)MODE_ECB\Z")


def _ciphers(call: Call, context: Context) -> Iterable[Found]:
    """A cipher by its class, or by a name in a literal."""
    if call.name in (b"createCipheriv", b"createDecipheriv", b"getInstance", b"mcrypt_encrypt") or call.is_one_of(
        (b"OpenSSL.Cipher.new", b"Cipher.new")
    ):
        name = constant(call.argument(0), context)
    elif call.name in (b"openssl_encrypt", b"openssl_decrypt"):
        name = constant(call.argument(1), context)
    elif context.language == "elixir":
        name = short(call.argument(0), context).lstrip(b":").replace(b"_", b"-")
    elif call.is_one_of((b"AES.new",)):
        mode = call.argument(1) or call.keyword(b"mode", context)
        name = b"aes-ecb" if _ECB_ATTRIBUTE.search(short(mode, context)) else None
    elif call.name == b"CCCrypt":
        words = b" ".join(short(argument, context) for argument in call.arguments()[1:3])
        met = _COMMON_CRYPTO.search(words)
        return [Found(call.node, met[0].decode("ascii", "replace"))] if met else ()
    else:
        return [Found(call.node, call.path.decode("ascii", "replace"))]
    if name is None:
        return ()
    if call.name == b"getInstance" and name.upper() == b"AES":
        return [Found(call.node, "AES, which means AES/ECB,")]
    return [Found(call.node, name.decode("ascii", "replace"))] if len(name) < 64 and _WEAK_CIPHER.match(name) else ()


_PYCRYPTO = ("DES.new", "DES3.new", "ARC4.new", "ARC2.new", "Blowfish.new", "AES.new")
_EVP = ("EVP_des_cbc", "EVP_des_ecb", "EVP_des_ede3_cbc", "EVP_rc4", "EVP_aes_128_ecb", "EVP_aes_256_ecb", "EVP_bf_cbc")

WEAK_CIPHER = Rule(
    "weak-cipher",
    "security",
    "warning",
    "A cipher that does not keep secrets",
    "Use AES-GCM or ChaCha20-Poly1305 in place of {detail}: it can be broken, or shows which blocks are equal.",
    call_sites(
        {
            "python": (
                *_PYCRYPTO,
                "modes.ECB",
                *(f"algorithms.{name}" for name in ("ARC4", "TripleDES", "Blowfish", "IDEA")),
            ),
            ECMASCRIPT: ("createCipheriv", "createDecipheriv", "CryptoJS.DES.encrypt", "CryptoJS.RC4.encrypt"),
            "ruby": ("OpenSSL.Cipher.new", "Cipher.new"),
            "go": ("des.NewCipher", "des.NewTripleDESCipher", "rc4.NewCipher"),
            "java": ("Cipher.getInstance",),
            "kotlin": ("Cipher.getInstance",),
            "php": ("openssl_encrypt", "openssl_decrypt", "mcrypt_encrypt"),
            "c": _EVP,
            "cpp": _EVP,
            "scala": ("Cipher.getInstance",),
            "csharp": (
                *(f"{name}.Create" for name in ("DES", "TripleDES", "RC2")),
                *(f"{name}CryptoServiceProvider" for name in ("DES", "TripleDES", "RC2")),
            ),
            "elixir": ("crypto.crypto_one_time", "crypto.crypto_init"),
            "objc": (*_EVP, "CCCrypt"),
            "swift": ("CCCrypt",),
        },
        _ciphers,
        {
            "python": (b"DES", b"ARC4", b"ARC2", b"Blowfish", b"ECB", b"IDEA"),
            "ruby": (b"Cipher",),
            "java": (b"Cipher.",),
            "kotlin": (b"Cipher.",),
        },
    ),
)

_BITS = re.compile(rb"(?:512|768|1024)\Z")


def _makes_key(call: Call, context: Context) -> Iterable[Found]:
    values = call.arguments()
    if context.language in ECMASCRIPT:
        if not values or constant(values[0], context) not in (b"rsa", b"dsa"):
            return ()
        size = next((found for value in values[1:] if (found := option(value, b"modulusLength", context))), None)
    elif context.language == "python":
        size = call.keyword(b"key_size", context) or call.keyword(b"bits", context) or next(iter(values[-1:]), None)
    elif call.name == b"initialize":
        size = values[0] if values and holds(context, b'KeyPairGenerator.getInstance("RSA"') else None
    else:
        size = next((value for value in values if _BITS.match(short(value, context))), None)
    if size is None or not _BITS.match(short(size, context)):
        return ()
    return [Found(call.node, short(size, context).decode())]


WEAK_KEY = Rule(
    "weak-key",
    "security",
    "error",
    "A key that is too short",
    "Make RSA and DSA keys of 2048 bits or more: {detail} can be broken.",
    call_sites(
        {
            "python": ("rsa.generate_private_key", "dsa.generate_private_key", "RSA.generate", "DSA.generate"),
            ECMASCRIPT: ("generateKeyPair", "generateKeyPairSync"),
            "ruby": ("PKey.RSA.new", "PKey.RSA.generate", "PKey.DSA.new", "PKey.DSA.generate"),
            "go": ("rsa.GenerateKey",),
            "java": ("initialize",),
        },
        _makes_key,
        {"ruby": (b"PKey",), "java": (b"KeyPairGenerator",)},
    ),
)

RULES = (WEAK_HASH, WEAK_PASSWORD_HASH, WEAK_CIPHER, WEAK_KEY)
