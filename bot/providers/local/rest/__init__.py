"""The REST face: one file per area, each with its table of routes."""

from bot.providers.local.rest import app, checks, comments, deliveries, keys, pulls, repositories

ROUTES = (
    *app.ROUTES,
    *deliveries.ROUTES,
    *repositories.ROUTES,
    *keys.ROUTES,
    *comments.ROUTES,
    *pulls.ROUTES,
    *checks.ROUTES,
)
