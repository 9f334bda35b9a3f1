"""Connections whose other end is not checked, or that speak a protocol of the last century."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.analysis.rules.lib.assignments import Given, given_site, joined
from bot.analysis.rules.lib.calls import ECMASCRIPT, Call, call_sites, short
from bot.analysis.rules.lib.text import constant
from bot.analysis.rules.rule import Context, Found, Rule, Site
from bot.analysis.syntax import Node

_CLIENT = re.compile(rb"(?i)requests|httpx|session|client|http|\A(?:get|post|put|patch|request|s)\b")
_OFF = frozenset({b"false", b"False", b"0", b"0L", b"FALSE", b"nil"})


def _python_call(call: Call, context: Context) -> Iterable[Found]:
    if call.name == b"_create_unverified_context":
        return [Found(call.node)]
    verify = call.keyword(b"verify", context)
    if verify is not None and short(verify, context) == b"False" and _CLIENT.search(call.path):
        return [Found(verify)]
    return ()


def _python_given(given: Given, context: Context) -> Iterable[Found]:
    value = short(given.value, context)
    if given.name in (b"verify_mode", b"cert_reqs") and value.rpartition(b".")[2].strip(b"\"'") == b"CERT_NONE":
        return [Found(given.node)]
    if given.name == b"verify" and value == b"False" and given.node.type == "assignment":
        return [Found(given.node)] if _CLIENT.search(short(given.target, context)) else ()
    return ()


def _script_given(given: Given, context: Context) -> Iterable[Found]:
    value = short(given.value, context).strip(b"\"'")
    if given.name in (b"rejectUnauthorized", b"strictSSL") and value == b"false":
        return [Found(given.node)]
    return [Found(given.node)] if given.name == b"NODE_TLS_REJECT_UNAUTHORIZED" and value == b"0" else ()


def _ruby_given(given: Given, context: Context) -> Iterable[Found]:
    value = short(given.value, context)
    if given.name in (b"verify_mode", b"ssl_verify_mode") and re.fullmatch(rb"[\w:]*VERIFY_NONE", value):
        return [Found(given.node)]
    return ()


_TRUSTING = re.compile(
    rb"(?:\([\w\s,]*\)\s*=>\s*|delegate\s*(?:\([^()]*\)\s*)?\{\s*return\s+)true(?:;\s*\})?"
    rb"|(?:[\w.]+\.)?DangerousAcceptAnyServerCertificateValidator"
)


def _csharp_given(given: Given, context: Context) -> Iterable[Found]:
    named = given.name in (b"ServerCertificateCustomValidationCallback", b"ServerCertificateValidationCallback")
    return [Found(given.node)] if named and _TRUSTING.fullmatch(short(given.value, context)) else ()


def _elixir_given(given: Given, context: Context) -> Iterable[Found]:
    found = given.name == b"verify" and short(given.value, context) == b":verify_none"
    return [Found(given.node)] if found else ()


def _go_given(given: Given, context: Context) -> Iterable[Found]:
    found = given.name == b"InsecureSkipVerify" and short(given.value, context) == b"true"
    return [Found(given.node)] if found else ()


def _policy_given(given: Given, context: Context) -> Iterable[Found]:
    """AFNetworking's policy."""
    on = {b"allowInvalidCertificates": (b"YES", b"true"), b"validatesDomainName": (b"NO", b"false")}
    return [Found(given.node)] if short(given.value, context) in on.get(given.name, ()) else ()


def _trusts_all(node: Node, context: Context) -> Iterable[Found]:
    """checkServerTrusted with nothing in it."""
    if context.data.find(b"checkServerTrusted", node.start_byte, node.start_byte + 400) < 0:
        return ()
    name, body = node.child_by_field_name("name"), node.child_by_field_name("body")
    if short(name, context) != b"checkServerTrusted":
        return ()
    if body is None and node.named_child_count:
        body = node.named_child(node.named_child_count - 1)
    if body is None or body.type not in ("block", "function_body"):
        return ()
    return [Found(node)] if re.fullmatch(rb"[{}\s]*", short(body, context)) else ()


def _options(call: Call, context: Context) -> Iterable[Found]:
    """curl's and OpenSSL's way: a number of an option, and its value."""
    values = [short(value, context) for value in call.arguments()]
    if call.name in (b"SSL_CTX_set_verify", b"SSL_set_verify"):
        return [Found(call.node)] if len(values) > 1 and values[1] == b"SSL_VERIFY_NONE" else ()
    if call.name == b"danger_accept_invalid_certs":
        return [Found(call.node)] if values == [b"true"] else ()
    off = len(values) > 2 and values[1] in (b"CURLOPT_SSL_VERIFYPEER", b"CURLOPT_SSL_VERIFYHOST") and values[2] in _OFF
    return [Found(call.node)] if off else ()


_CURL = ("curl_easy_setopt", "SSL_CTX_set_verify", "SSL_set_verify")
_POLICY = ("allowInvalidCertificates", "validatesDomainName")
_SCRIPT_WORDS = ("rejectUnauthorized", "strictSSL", "NODE_TLS_REJECT_UNAUTHORIZED")
_TRUST = (b"checkServerTrusted",)

TLS_VERIFICATION_OFF = Rule(
    "tls-verification-off",
    "security",
    "error",
    "Certificates are not checked",
    "Check certificates: without that, whoever sits between both ends reads and changes everything.",
    joined(
        call_sites(
            {"python": ("get", "post", "put", "patch", "delete", "head", "options", "request", "Session", "Client",
                        "AsyncClient", "stream", "ssl._create_unverified_context")},
            _python_call,
            {"python": (b"verify=False", b"_create_unverified_context")},
        ),
        {"python": given_site("python", ("CERT_NONE", r"verify\s*=\s*False"), _python_given)},
        {name: given_site(name, _SCRIPT_WORDS, _script_given) for name in ECMASCRIPT},
        {"ruby": given_site("ruby", ("VERIFY_NONE",), _ruby_given)},
        {"go": given_site("go", ("InsecureSkipVerify",), _go_given)},
        {"csharp": given_site("csharp", ("ServerCertificate",), _csharp_given)},
        {"elixir": given_site("elixir", ("verify_none",), _elixir_given)},
        {"java": Site(("method_declaration",), _trusts_all, _TRUST)},
        {"kotlin": Site(("function_declaration",), _trusts_all, _TRUST)},
        {name: given_site(name, _POLICY, _policy_given) for name in ("objc", "swift")},
        call_sites({"swift": ("DisabledTrustEvaluator",)}, lambda call, _: [Found(call.node)]),
        call_sites({("c", "cpp", "objc"): _CURL}, _options),
        call_sites({"php": ("curl_setopt",), "rust": ("danger_accept_invalid_certs",)}, _options),
    ),
)  # fmt: skip

_OLD_PYTHON = re.compile(rb"(?:\A|\.)(?:PROTOCOL_(?:SSLv[23]|TLSv1(?:_1)?)|TLSVersion\.(?:SSLv3|TLSv1(?:_1)?))\Z")
_OLD_GO = re.compile(rb"tls\.Version(?:SSL30|TLS10|TLS11)\Z")
_OLD_NAME = re.compile(rb"(?:SSLv[23]|TLSv1(?:\.1|_1)?)(?:_(?:client_|server_)?method)?\Z")
_OLD_NAMES = (b"minVersion", b"secureProtocol", b"maxVersion")


def _old_context(call: Call, context: Context) -> Iterable[Found]:
    first = call.argument(0)
    if first is None:
        return ()
    if context.language == "python":
        return [Found(first)] if _OLD_PYTHON.search(short(first, context)) else ()
    name = constant(first, context)
    return [Found(first)] if name is not None and _OLD_NAME.match(name) else ()


def _old_given(given: Given, context: Context) -> Iterable[Found]:
    text = short(given.value, context)
    if context.language == "python":
        found = given.name in (b"ssl_version", b"minimum_version") and _OLD_PYTHON.search(text)
    elif context.language == "go":
        found = given.name in (b"MinVersion", b"MaxVersion") and _OLD_GO.match(text)
    else:
        found = given.name in _OLD_NAMES and _OLD_NAME.match(constant(given.value, context) or b"")
    return [Found(given.node)] if found else ()


OLD_TLS = Rule(
    "old-tls",
    "security",
    "warning",
    "An outdated protocol version",
    "Allow TLS 1.2 and later only: SSL, TLS 1.0 and TLS 1.1 have known attacks and are switched off elsewhere.",
    joined(
        call_sites(
            {"python": ("SSLContext",), "java": ("SSLContext.getInstance",)}, _old_context, {"java": (b"SSLContext",)}
        ),
        {"python": given_site("python", ("ssl_version", "minimum_version"), _old_given)},
        {name: given_site(name, ("minVersion", "secureProtocol", "maxVersion"), _old_given) for name in ECMASCRIPT},
        {"go": given_site("go", ("MinVersion", "MaxVersion"), _old_given)},
    ),
)


def _any_host(call: Call, context: Context) -> Iterable[Found]:
    if call.name == b"set_missing_host_key_policy":
        first = short(call.argument(0), context)
        return [Found(call.node)] if re.search(rb"(?:AutoAdd|Warning)Policy\b", first) else ()
    if call.name == b"setConfig":
        values = [constant(value, context) for value in call.arguments()]
        return [Found(call.node)] if values == [b"StrictHostKeyChecking", b"no"] else ()
    return [Found(call.node)]


SSH_HOST_UNCHECKED = Rule(
    "ssh-host-unchecked",
    "security",
    "warning",
    "Any SSH host key is taken",
    "Compare the host's key with one that you know: taken unseen, it may be anybody's.",
    call_sites(
        {
            "python": ("set_missing_host_key_policy",),
            "go": ("ssh.InsecureIgnoreHostKey",),
            "java": ("setConfig",),
        },
        _any_host,
    ),
)

RULES = (TLS_VERIFICATION_OFF, OLD_TLS, SSH_HOST_UNCHECKED)
