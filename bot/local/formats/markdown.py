"""What the server would put on the check, word by word: its title as a heading, and its summary."""

from __future__ import annotations

from bot.local.analyze import Answer
from bot.local.formats import View
from bot.services import verdict


def render(answer: Answer, _view: View) -> str:
    if answer.change is None:
        result = verdict.of_branch(answer.report, answer.settings)
    else:
        result = verdict.of_pull_request(answer.change, answer.report, answer.settings)
    return f"### {result.title}\n\n{result.summary}\n"
