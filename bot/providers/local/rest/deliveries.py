"""The log of webhook deliveries, by JWT: listed, read and sent again.

https://docs.github.com/en/rest/apps/webhooks
"""

from __future__ import annotations

import base64
import json

from aiohttp import web

from bot.providers.local.hooks import Delivery
from bot.providers.local.rest.call import ApiError, Call, Route, answer, not_found
from bot.providers.local.state import Json, iso


async def listed(call: Call) -> web.Response:
    """Newest first, paged by an opaque cursor."""
    query = call.request.query
    wanted = query.get("status")
    found = [it for it in reversed(call.world.outbox.log) if it.status != "pending" and _matches(it, wanted)]
    if "cursor" in query:
        before = _cursor(query["cursor"])
        found = [it for it in found if it.id < before]
    size = int(query.get("per_page", "30")) if query.get("per_page", "30").isdigit() else 30
    page = found[: min(max(size, 1), 100)]
    headers = {}
    if len(found) > len(page):
        cursor = base64.urlsafe_b64encode(f"v1_{page[-1].id}".encode()).decode()
        headers["Link"] = f'<{call.address(cursor=cursor)}>; rel="next"'
    return answer([_item(it) for it in page], headers=headers)


def _matches(it: Delivery, wanted: str | None) -> bool:
    """`failure` means answers of 400 and above: neither time-outs nor refused connections, as documented."""
    if wanted is None:
        return True
    return 400 <= it.status_code < 600 if wanted == "failure" else 200 <= it.status_code < 400


def _cursor(text: str) -> int:
    try:
        return int(base64.urlsafe_b64decode(text).decode().removeprefix("v1_"))
    except ValueError:
        raise ApiError(
            422, "Validation Failed", errors=[{"resource": "HookDelivery", "field": "cursor", "code": "invalid"}]
        ) from None


async def one(call: Call) -> web.Response:
    """With the whole request and answer."""
    it = _named(call)
    body = _item(it) | {
        "url": call.world.outbox.url or "",
        "request": {"headers": it.headers, "payload": json.loads(it.body)},
        "response": {"headers": it.answer_headers, "payload": it.answer},
    }
    return answer(body)


async def again(call: Call) -> web.Response:
    """One more attempt, with the same guid."""
    call.world.outbox.repeat_later(_named(call))
    return answer({}, 202)


def _named(call: Call) -> Delivery:
    id = call.number("delivery_id")
    it = next((it for it in call.world.outbox.log if it.id == id), None)
    if it is None:
        raise not_found()
    return it


def _item(it: Delivery) -> Json:
    return {
        "id": it.id,
        "guid": it.guid,
        "delivered_at": iso(it.delivered),
        "redelivery": it.redelivery,
        "duration": it.duration,
        "status": it.status,
        "status_code": it.status_code,
        "event": it.event,
        "action": it.action,
        "installation_id": it.installation_id,
        "repository_id": it.repository_id,
        "throttled_at": None,
    }


ROUTES = (
    Route("GET", "/app/hook/deliveries", listed, auth="app"),
    Route("GET", "/app/hook/deliveries/{delivery_id}", one, auth="app"),
    Route("POST", "/app/hook/deliveries/{delivery_id}/attempts", again, auth="app"),
)
