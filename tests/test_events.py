"""An event at rest: what was written is read again, and what another version wrote is refused."""

from dataclasses import fields

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import events
from bot.errors import Malformed
from bot.events import KINDS, Event, decode, encode
from bot.model import InstallationId

ids = st.integers(1, 2**53)
VALUES = {
    "installation": ids,
    "repository": ids,
    "number": st.integers(1, 2**31),
    "head": st.sampled_from("0123456789abcdef").map(lambda digit: digit * 40),
    "pulls": st.lists(st.integers(1, 2**31), max_size=5).map(tuple),
}


def made(kind):
    return st.builds(kind, **{field.name: VALUES[field.name] for field in fields(kind)})


def test_every_kind_can_be_kept():
    written = {it for it in vars(events).values() if isinstance(it, type) and issubclass(it, Event)}
    assert set(KINDS.values()) == written - {Event}
    assert all(name == kind.__name__ for name, kind in KINDS.items())


@given(st.one_of([made(kind) for kind in KINDS.values()]))
def test_what_was_written_is_read_again(event):
    again = decode(encode(event))
    assert again == event
    assert type(again) is type(event)
    assert (again.key, again.coalesce, again.repository_id) == (event.key, event.coalesce, event.repository_id)


@given(st.one_of([made(kind) for kind in KINDS.values()]))
def test_at_rest_there_are_numbers_and_commit_ids_only(event):
    version, kind, *values = orjson.loads(encode(event))
    assert (version, kind) == (events.VERSION, type(event).__name__)
    flat = [item for value in values for item in (value if isinstance(value, list) else [value])]
    assert all(isinstance(item, int) or set(item) <= set("0123456789abcdef") for item in flat)


@pytest.mark.parametrize(
    "data",
    [
        b'[2,"Installed",1]',
        b'[0,"Installed",1]',
        b'["1","Installed",1]',
        b'[1,"Event",1]',
        b'[1,"installed",1]',
        b'[1,"Exported",1]',
        b'[1,"",1]',
        b"[1,null,1]",
    ],
)
def test_another_version_or_kind_is_refused(data):
    assert decode(b'[1,"Installed",1]') == events.Installed(InstallationId(1))
    with pytest.raises(Malformed):
        decode(data)


@pytest.mark.parametrize(("kind", "coalesces"), [(kind, kind.coalesce) for kind in KINDS.values()])
def test_only_events_whose_newest_says_all_coalesce(kind, coalesces):
    assert coalesces == issubclass(kind, events.Pushed | events.PullRequestChanged)


@given(ids, ids, st.integers(1, 99))
def test_what_is_about_the_same_thing_has_the_same_key(installation, repository, number):
    changed = events.PullRequestChanged(installation, repository, number)
    assert changed.key == events.PullRequestClosed(installation, repository, number).key
    assert changed.key != events.PullRequestChanged(installation, repository, number + 1).key
    assert events.Installed(installation).key == events.Uninstalled(installation).key
