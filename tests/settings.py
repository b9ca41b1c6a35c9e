"""The settings the tests run with: the product's own, less what makes tests slow or leaves traces."""

import os

os.environ["DJANGO_ENV"] = "test"

from cstokb.settings import *
from cstokb.settings import DATABASES, REST_FRAMEWORK, STORAGES, VAR_DIR

TEST_DIR = VAR_DIR / "test"
TEST_DIR.mkdir(exist_ok=True)

# Requests over http, as the test client makes them, and cookies it can send back.
SECURE_SSL_REDIRECT = False

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    # Tests make worlds anew that may bear the same name; what keeps counts is tested by itself.
    "counts": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"},
}
DATABASES = {"default": DATABASES["default"]}
DATABASE_ROUTERS = []
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # Not synced, since it outlives nothing.
    options = DATABASES["default"]["OPTIONS"]
    options["init_command"] = options["init_command"].replace("synchronous=FULL", "synchronous=OFF")

# Tests make worlds anew that may bear the same name, and what keeps downloads is tested by itself.
DOWNLOADS_DIR, DOWNLOADS_KEPT = TEST_DIR / "downloads", 0

STATIC_ROOT = TEST_DIR / "static"
STATIC_ROOT.mkdir(exist_ok=True)
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
REST_FRAMEWORK = REST_FRAMEWORK | {"TEST_REQUEST_DEFAULT_FORMAT": "json"}
