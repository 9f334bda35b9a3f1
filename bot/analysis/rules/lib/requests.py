"""Where a value can be seen to come straight from a request, in the words of each language's usual frameworks."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.analysis.rules.lib.calls import ECMASCRIPT
from bot.analysis.rules.rule import Context
from bot.analysis.syntax import Node

_SCRIPT = re.compile(rb"\b(?:req|request|ctx|ctx\.request)\.(?:query|params|body|cookies|headers)\b")
_JVM = re.compile(rb"\b(?:getParameter|getQueryString|getPathInfo)\(|\bcall\.parameters\[|\bqueryParameters\[")
_SOURCES: Mapping[str, re.Pattern[bytes]] = {
    "python": re.compile(
        rb"\brequest\.(?:args|form|values|GET|POST|query_params|cookies|files|get_json\(|view_args|match_info|headers)\b"
    ),
    **dict.fromkeys(ECMASCRIPT, _SCRIPT),
    "ruby": re.compile(
        rb"\bparams(?:\[|\.fetch\(|\.require\()|\bcookies\[|\brequest\.(?:params|query_string|referer)\b"
    ),
    "go": re.compile(
        rb"\.(?:FormValue|PostFormValue|PathValue)\(|\.URL\.(?:Query\(\)|Path\b)|\bc\.(?:Query|Param|PostForm)\("
    ),
    "java": _JVM,
    "kotlin": _JVM,
    "php": re.compile(rb"\$_(?:GET|POST|REQUEST|COOKIE|FILES)\b"),
}
_LOOK = 400
_CLEANED = re.compile(
    rb"(?i)secure_filename|basename|safe_join|filepath\.base|path\.base|realpath|sanit|escap|quote|valid|whitelist|allow"
    rb"|\bint\(|integer\(|number\(|parseint|to_i\b|intval|\(int\)|in_array|is_safe|url_has_allowed|uuid|encodeuri|urlencode"
)

REQUEST_WORDS: Mapping[str, tuple[bytes, ...]] = {
    "python": (b"request.",),
    **dict.fromkeys(ECMASCRIPT, (b"req.", b"request.", b"ctx.")),
    "ruby": (b"params", b"cookies", b"request."),
    "go": (b"FormValue", b"PathValue", b".URL.", b"c.Query", b"c.Param", b"c.PostForm"),
    "java": (b"getParameter", b"getQueryString", b"getPathInfo"),
    "php": (b"$_GET", b"$_POST", b"$_REQUEST", b"$_COOKIE", b"$_FILES"),
}
"""Language -> words of which a file must hold one, if a request is to be seen in it."""


def from_request(node: Node, context: Context) -> bool:
    """Whether an expression shows a value of a request, and nothing that could make it safe."""
    text = context.data[node.start_byte : min(node.end_byte, node.start_byte + _LOOK)]
    return is_request(text, context) and _CLEANED.search(text) is None


def is_request(text: bytes, context: Context) -> bool:
    return _SOURCES[context.language].search(text) is not None
