"""Accounts in the admin: people and groups, and what opens the door to them."""

from cstokb.accounts.admin import access, people

__all__ = ["access", "people"]
