"""Source made to hurt, in any size: what stops, blows up or deceives a parser, a walk, a rule, a token stream or a
search for secrets. Some of it is meant for one language; all of it is given to all."""

from __future__ import annotations

import random
from collections.abc import Callable

_SECRET = b"gh" + b"p_0aZ9bY8cX7dW6eV5fU4gT3hS2iR1jQ0kPlaB"  # in two parts: no scanner shall find it here
_BIDI = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200f\u061c"
_SPACED = (
    "if else elif ( ) { } [ ] && || and or not def f function class => -> case switch match when : ; , \n end do fn x y"
    " ? = == + - * / % < > << >> ! & | ^ ~ @ # $ ` ' \" \\ . .. ... ?? ?. return throw try catch finally except rescue"
    " for while in of new let var val const import package 1 0x 1e9 // /* */ <!-- #if #endif #define \t"
)
_WORDS = _SPACED.split(" ")


def _repeated(piece: bytes, before: bytes = b"", after: bytes = b"") -> Callable[[int], bytes]:
    return lambda size: before + piece * max(1, (size - len(before) - len(after)) // len(piece)) + after


def _nested(opening: bytes, closing: bytes, before: bytes = b"", middle: bytes = b"1") -> Callable[[int], bytes]:
    def make(size: int) -> bytes:
        depth = max(1, size // (len(opening) + len(closing)))
        return before + opening * depth + middle + closing * depth + b"\n"

    return make


def _random(size: int) -> bytes:
    return random.Random(20).randbytes(size).replace(b"\0", b"\n")  # NUL bytes would be left out at the door


def _soup(size: int) -> bytes:
    chance = random.Random(7)
    return " ".join(chance.choices(_WORDS, k=size // 3)).encode()[:size]


def _numbered(line: str) -> Callable[[int], bytes]:
    """Lines of which no two are equal: {n} is the number."""
    return lambda size: "".join(line.replace("{n}", str(n)) for n in range(size // (len(line) + 2))).encode()


def _deep_indent(size: int) -> bytes:
    return b"".join(b" " * level + b"if x:\n" for level in range(int((2 * size) ** 0.5) - 6))


SHAPES: dict[str, Callable[[int], bytes]] = {
    # -- what parsers are known to hang on or to be slow at
    "random": _random,
    "soup": _soup,
    "hcl_49": _repeated(b"-+-*a(//\n"),  # tree-sitter-hcl 49
    "javascript_322": _repeated(b"{ try { } catch { (, e\n"),  # tree-sitter-javascript 322
    "parens": _repeated(b"(\n"),
    "brackets": _repeated(b"[\n"),
    "braces": _repeated(b"{\n"),
    "closers": _repeated(b")]}\n"),
    "angles": _repeated(b"a<b<\n"),
    "templates": _repeated(b"`${\n"),
    "ruby_templates": _repeated(b'"#{\n'),
    "swift_templates": _repeated(b'"\\(\n'),
    "heredocs": _repeated(b"<<A\n"),
    "raw_strings": _repeated(b'R"a(\n'),
    "open_comments": _repeated(b"/* \n"),
    "open_string": _repeated(b"a b\n", b'x = "'),
    "triple_quotes": _repeated(b'"""\n'),
    "one_comment": _repeated(b"a b\n", b"/*", b"*/\n"),
    "slashes": _repeated(b"/\n"),
    "directives": _repeated(b"#if a\n"),
    "defines": _repeated(b"#define a(b) a(b) \\\n"),
    "sigils": _repeated(b"@a\n"),
    "arrows": _repeated(b"(a=>\n"),
    "generics": _repeated(b"A<\n", b"A<"),
    "casts": _repeated(b"(a)\n"),
    # -- what is deep
    "balanced": _nested(b"(\n", b")", b"x = "),
    "lists": _nested(b"[\n", b"]", b"x = "),
    "blocks": _nested(b"{\n", b"}\n"),
    "calls": _nested(b"f(\n", b")"),
    "lambdas": _nested(b"a=>(\n", b")"),
    "ifs": _nested(b"if (a) {\n", b"}\n"),
    "functions": _nested(b"function f(){\n", b"}\n"),
    "classes": _nested(b"class A{\n", b"}\n", middle=b""),
    "modules": _nested(b"module A\n", b"end\n", middle=b""),
    "minuses": _repeated(b"-\n", b"x = ", b"1\n"),
    "sums": _repeated(b"+ a\n", b"x = a "),
    "chain": _repeated(b".a()\n", b"x = a"),
    "indexes": _repeated(b"[a]\n", b"x = a"),
    "operators": _repeated(b" && a\n", b"x = a"),
    "words": _repeated(b" and a \\\n", b"x = a"),
    "ternaries": _repeated(b"a ? b :\n", b"x = ", b"c;"),
    "assignments": _repeated(b"a =\n", b"", b"1\n"),
    "else_ifs": _repeated(b"else if (a) { b }\n", b"if (a) { b }\n"),
    "go_else_ifs": _repeated(b" else if a {\n b() }", b"package a\nfunc f() { if a { b() }", b"}\n"),
    "elifs": _repeated(b"elif a:\n  b\n", b"if a:\n  b\n"),
    "deep_indent": _deep_indent,
    # -- what is much
    "newlines": _repeated(b"\n"),
    "many_functions": _repeated(b"function f(){}\n"),
    "many_classes": _repeated(b"class A { void f() {} }\n"),
    "many_methods": _repeated(b"  def f(self): self.a = 1\n", b"class A:\n"),
    "many_fields": _numbered("    self.a{n} = {n}\n"),
    "many_parameters": _repeated(b"a, \n", b"def f(", b"b): pass\n"),
    "many_cases": _repeated(b"case 1: b; break;\n", b"function f() { switch (a) {\n", b"}}\n"),
    "many_returns": _repeated(b"return a;\n", b"function f() {\n", b"}\n"),
    "long_name": lambda size: b"function " + b"f" * (size // 2) + b"(){\n}\n" * 2,
    "big_table": _repeated(b'  "a": 1,\n', b"x = {\n", b"}\n"),
    "big_string": lambda size: b'x = "' + b"a \\n" * (size // 4) + b'"\n',
    # -- what rules, secrets and suppressions look for
    "self_assignments": _repeated(b"a = a;\n"),
    "self_comparisons": _repeated(b"if (a == a) { } else if (a == a) { }\n"),
    "labels": _repeated(b"a: for (;;) { b }\n"),
    "self_assignments_within": _repeated(b"  a = a\n", b"def f():\n"),
    "prints_within": _repeated(b"  print(a)\n", b"def f():\n"),
    "evals": _nested(b"eval(\n", b")"),
    "queries": _repeated(b'+ "SELECT * FROM a WHERE b = " + c\n', b'db.execute("SELECT * FROM a WHERE b = " + c '),
    "empty_catches": _nested(b"try { a(); } catch (e) {\n", b"}\n", middle=b""),
    "hashes": _repeated(b"hashlib.md5(hashlib.sha1(\n"),
    "imports": _repeated(b"import a\n"),
    "open_imports": _repeated(b"from a import (\n"),
    "secrets": _repeated(b"token = '" + _SECRET + b"'\n"),
    "near_secrets": _repeated(b"password = \n"),
    "keys": _repeated(b"-----BEGIN RSA PRIVATE KEY-----\n"),
    "urls": _repeated(b"https://a:"),
    "words_of_secrets": _repeated(b"token password secret api_key authorization bearer "),
    "suppressions": _repeated(b"// codebeat:disable[LOC, ABC]\n"),
    "open_suppressions": _repeated(b"# codebeat:disable[ \n"),
    # -- what is no plain text
    "invalid_utf8": _repeated(b"def f\xff\xfe(a):\n  '\xed\xa0\x80'\n"),
    "bidi": _repeated(f"/*{_BIDI}*/ let {_BIDI}a = '{_BIDI}'\n".encode()),
    "marks_on_marks": _repeated("a\u0301\u0301\u0301 = 1\n".encode()),
    "crlf": _repeated(b"def f(a):\r\n    if a:\r\n        return 1\r\n"),
    "carriage_returns": _repeated(b"def f(a):\r    return 1\r"),
    "mixed_line_ends": _repeated(b"a = 1\r\nb = 2\rc = 3\n\x0b\x0c\x1c\x85\xe2\x80\xa8d = 4\n\r"),
    "tabs": _repeated(b"\tx\n"),
    "spaces": lambda size: b"x = 1" + b" " * size,
}
"""Maker of about so many bytes, by name."""

SMALL: dict[str, bytes] = {
    "empty": b"",
    "one_byte": b"(",
    "only_a_mark": b"\xef\xbb\xbf",
    "unfinished": b"def f(",
    "no_last_line_feed": b"x = 1",
    "hcl_49": b"-+-*a(//",
    "javascript_322": b"{ try { } catch { (, e",
}

_TEXT = "def f(a):\n    # größer\n    return 'é'\n\nclass A { f() { return 'ß'; } }\n"
_CODECS = (
    "ascii utf-8 utf-8-sig utf-16 utf-16-le utf-16-be utf-32 utf-32-le utf-32-be utf-7 latin-1 iso8859-2 iso8859-5"
    " iso8859-7 iso8859-8 iso8859-9 iso8859-15 cp437 cp850 cp1250 cp1251 cp1252 cp1256 koi8-r mac-roman shift-jis"
    " euc-jp iso2022-jp gb18030 big5 euc-kr hz cp037 cp500"
)
ENCODINGS = _CODECS.split()


def encoded(encoding: str) -> bytes:
    return _TEXT.encode(encoding, "ignore")
