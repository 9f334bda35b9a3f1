"""Sealbeat: a self-hostable code-review app for GitHub and Bitbucket."""

__version__ = "0.1.0"
