"""Accounts, the app and its installations as GitHub writes them."""

from __future__ import annotations

import base64

from bot.providers.local.shapes.urls import Urls
from bot.providers.local.state import Account, App, Installation, Json, Repo, iso

_AVATARS = "https://avatars.githubusercontent.com/u"


def node(kind: str, id: int) -> str:
    """An opaque global id. Nobody should read it; GitHub's own formats differ between places."""
    return f"{kind}_{base64.urlsafe_b64encode(str(id).encode()).decode().rstrip('=')}"


def user(urls: Urls, account: Account) -> Json:
    """The short form of any account, GitHub's "simple user"."""
    base = urls.account(account)
    return {
        "login": account.login,
        "id": account.id,
        "node_id": node("U", account.id),
        "avatar_url": f"{_AVATARS}/{account.id}?v=4",
        "gravatar_id": "",
        "url": base,
        "html_url": f"{urls.web}/{account.login}",
        "followers_url": f"{base}/followers",
        "following_url": f"{base}/following{{/other_user}}",
        "gists_url": f"{base}/gists{{/gist_id}}",
        "starred_url": f"{base}/starred{{/owner}}{{/repo}}",
        "subscriptions_url": f"{base}/subscriptions",
        "organizations_url": f"{base}/orgs",
        "repos_url": f"{base}/repos",
        "events_url": f"{base}/events{{/privacy}}",
        "received_events_url": f"{base}/received_events",
        "type": account.type,
        "site_admin": False,
    }


def organization(urls: Urls, account: Account) -> Json:
    """What webhooks carry about the organisation that owns a repository."""
    base = f"{urls.api}/orgs/{account.login}"
    return {
        "login": account.login,
        "id": account.id,
        "node_id": node("O", account.id),
        "url": base,
        "repos_url": f"{base}/repos",
        "events_url": f"{base}/events",
        "hooks_url": f"{base}/hooks",
        "issues_url": f"{base}/issues",
        "members_url": f"{base}/members{{/member}}",
        "public_members_url": f"{base}/public_members{{/member}}",
        "avatar_url": f"{_AVATARS}/{account.id}?v=4",
        "description": "",
    }


def app(urls: Urls, app: App) -> Json:
    """The app's registration, GitHub's "integration"."""
    return {
        "id": app.id,
        "client_id": app.client_id,
        "slug": app.slug,
        "node_id": node("A", app.id),
        "owner": user(urls, app.owner),
        "name": app.slug.replace("-", " ").title(),
        "description": None,
        "external_url": urls.web,
        "html_url": f"{urls.web}/apps/{app.slug}",
        "created_at": iso(app.created),
        "updated_at": iso(app.created),
        "permissions": dict(app.permissions),
        "events": list(app.events),
    }


def installation(urls: Urls, app: App, it: Installation) -> Json:
    """One installation, in REST answers and in its own webhooks."""
    kind = it.account.type
    page = "organizations/" + it.account.login + "/settings" if kind == "Organization" else "settings"
    return {
        "id": it.id,
        "client_id": app.client_id,
        "account": user(urls, it.account),
        "repository_selection": selection(it),
        "access_tokens_url": f"{urls.api}/app/installations/{it.id}/access_tokens",
        "repositories_url": f"{urls.api}/installation/repositories",
        "html_url": f"{urls.web}/{page}/installations/{it.id}",
        "app_id": app.id,
        "app_slug": app.slug,
        "target_id": it.account.id,
        "target_type": kind,
        "permissions": dict(it.permissions),
        "events": list(it.events),
        "created_at": iso(it.created),
        "updated_at": iso(it.suspended or it.created),
        "single_file_name": None,
        "has_multiple_single_files": False,
        "single_file_paths": [],
        "suspended_by": user(urls, it.account) if it.suspended else None,
        "suspended_at": iso(it.suspended) if it.suspended else None,
    }


def selection(it: Installation) -> str:
    return "all" if it.selected is None else "selected"


def listed(repo: Repo) -> Json:
    """The five fields that installation events tell of a repository."""
    return {
        "id": repo.id,
        "node_id": node("R", repo.id),
        "name": repo.name,
        "full_name": repo.full_name,
        "private": repo.private,
    }
