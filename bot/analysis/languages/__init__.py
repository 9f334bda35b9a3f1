"""The languages, one file of data each. To add one: a file here and a line below."""

from __future__ import annotations

from bot.analysis.language import Language
from bot.analysis.languages import go, java, javascript, python, ruby, typescript

LANGUAGES: dict[str, Language] = {
    "go": go.GO,
    "java": java.JAVA,
    "javascript": javascript.JAVASCRIPT,
    "python": python.PYTHON,
    "ruby": ruby.RUBY,
    "tsx": typescript.TSX,
    "typescript": typescript.TYPESCRIPT,
}

SUFFIXES: dict[str, str] = {suffix: name for name, language in LANGUAGES.items() for suffix in language.suffixes}
