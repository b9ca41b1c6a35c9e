"""``manage.py prepare``: everything between a checkout and a service that can answer."""

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connections
from django.db.migrations.executor import MigrationExecutor

from cstokb.databases import CACHE_ALIAS
from cstokb.operations.local_env import write_local_env
from cstokb.operations.static import collect_if_changed


class Command(BaseCommand):
    help = (
        "Settings of this checkout, tables, starter data, index, static files; what is done is passed over."
    )
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.PRODUCTION and write_local_env(settings.VAR_DIR / "local.env"):
            self.stdout.write("Settings: var/local.env written, with a new secret.")
        self.create_tables()
        call_command("load_data", stdout=self.stdout)
        call_command("rebuild_search_index", if_needed=True, stdout=self.stdout)
        if not settings.DEBUG and collect_if_changed(settings.STATIC_ROOT):
            self.stdout.write("Static files: collected.")

    def create_tables(self) -> None:
        """Bring the database up to this release, and make the cache's table where it is missing."""
        executor = MigrationExecutor(connections["default"])
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
        if waiting:
            call_command("migrate", interactive=False, verbosity=0)
            self.stdout.write(f"Database: {len(waiting)} migrations applied.")
        database = CACHE_ALIAS if CACHE_ALIAS in connections else "default"
        call_command("createcachetable", database=database, verbosity=0)
