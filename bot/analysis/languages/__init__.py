"""The languages: a folder each, of data and a sample counted by hand. To add one: a folder here and a line below."""

from __future__ import annotations

from bot.analysis.language import Language
from bot.analysis.languages import (
    c,
    cpp,
    csharp,
    elixir,
    go,
    java,
    javascript,
    kotlin,
    objc,
    php,
    python,
    ruby,
    rust,
    scala,
    swift,
    typescript,
)

LANGUAGES: dict[str, Language] = {
    "c": c.C,
    "cpp": cpp.CPP,
    "csharp": csharp.CSHARP,
    "elixir": elixir.ELIXIR,
    "go": go.GO,
    "java": java.JAVA,
    "javascript": javascript.JAVASCRIPT,
    "kotlin": kotlin.KOTLIN,
    "objc": objc.OBJC,
    "php": php.PHP,
    "python": python.PYTHON,
    "ruby": ruby.RUBY,
    "rust": rust.RUST,
    "scala": scala.SCALA,
    "swift": swift.SWIFT,
    "tsx": typescript.TSX,
    "typescript": typescript.TYPESCRIPT,
}

SUFFIXES: dict[str, str] = {suffix: name for name, language in LANGUAGES.items() for suffix in language.suffixes}
