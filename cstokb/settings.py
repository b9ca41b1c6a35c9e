"""Every setting of the knowledge base. docs/operations.md lists the variables that change them."""

from pathlib import Path

import django
import django_stubs_ext
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from cstokb import __version__
from cstokb.databases import CACHE_TABLE, databases
from cstokb.env import Environment, need_package

# Lets code say ModelAdmin[Statement] or FormView[Form]; at run time the brackets mean nothing.
django_stubs_ext.monkeypatch()

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"
VAR_DIR.mkdir(exist_ok=True)

ENV = Environment.load(VAR_DIR / "local.env")
PRODUCTION = ENV.production

# -- who we are --------------------------------------------------------------------------------------------

SITE_NAME = _("CSTO Knowledge Base")
# Canonical links, feeds and the sitemap name this address, whatever host a reader asked for.
SITE_URL = ENV.site_url("SITE_URL", local=f"http://localhost:{ENV.number('PORT', 8000)}")
CONTACT_EMAIL = ENV.text("CONTACT_EMAIL", "")
DATA_DIR = BASE_DIR / "data"

DEBUG = ENV.debug("DJANGO_DEBUG")
SECRET_KEY = ENV.secret("SECRET_KEY")
SECRET_KEY_FALLBACKS = ENV.words("SECRET_KEY_FALLBACKS")
ALLOWED_HOSTS = ENV.hosts("ALLOWED_HOSTS")

# -- the parts ---------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "corsheaders",
    "csp",
    "django_filters",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "rest_framework",
    "simple_history",
    "cstokb.accounts",
    "cstokb.fulltext",
    "cstokb.records",
    "cstokb.listing",
    "members",
    "treaty",
    "summits",
    "statements",
    "cstokb.api",
    "cstokb.search",
    "cstokb.corpus",
    "cstokb.curation",
    "cstokb.operations",
    "cstokb.pages",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "corsheaders.middleware.CorsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "cstokb.language.LanguageFromPath",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "cstokb.accounts.middleware.LastSeen",
]

ROOT_URLCONF = "cstokb.urls"
WSGI_APPLICATION = "cstokb.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

# -- where things are kept ---------------------------------------------------------------------------------

DATABASES = databases(
    ENV.database("DATABASE_URL"),
    VAR_DIR,
    pool_min=ENV.number("DATABASE_POOL_MIN", 2),
    pool_max=ENV.number("DATABASE_POOL_MAX", 16, least=1),
)
DATABASE_ROUTERS: list[str] = ["cstokb.databases.CacheRouter"] if "cache" in DATABASES else []

if ENV.text("CACHE_URL", "").startswith("redis"):
    need_package("redis", "CACHE_URL", "redis")
CACHES = {
    "default": ENV.cache("CACHE_URL")
    or {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": CACHE_TABLE},
    # How long lists are and how they divide: each process counts for itself, so that no reader asks a table for it.
    "counts": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "counts",
        "TIMEOUT": None,
        "OPTIONS": {"MAX_ENTRIES": 500},
    },
}

# Whole lists that were downloaded once, until what is public changes: where, and how many bytes of them at most.
DOWNLOADS_DIR = VAR_DIR / "downloads"
DOWNLOADS_KEPT = ENV.number("DOWNLOADS_KEPT_MB", 500) * 1024 * 1024

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
# Pictures and fonts are packed already; source maps are megabytes that only a developer's tools ask for.
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ("br", "gz", "jpg", "map", "png", "webp", "woff", "woff2", "zip")

# -- language and time -------------------------------------------------------------------------------------

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("ru", _("Russian"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
#: In which moments are typed by the curators; what is stored and logged is UTC.
EDITORS_TIME_ZONE = ENV.zone("EDITORS_TIME_ZONE", "UTC")

# -- accounts ----------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/admin/"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "cstokb.accounts.adapter.StaffOnlyAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
# Until SESSION_COOKIE_AGE is over, whatever the browser does.
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
# Nobody outside may learn which addresses have an account: a reset answers alike, and no mail is sent.
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
# Wrong passwords and codes by the address of the caller and by account; requests for a reset likewise.
ACCOUNT_RATE_LIMITS = {"login_failed": "9/m/ip,60/h/ip,5/5m/key", "reset_password": "9/m/ip,3/15m/key"}
# Not the name of the host that somebody asked for.
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
# Whether staff must have a second factor before they enter the curators' pages, and how many days after joining.
SECOND_FACTOR = ENV.choice("SECOND_FACTOR", "required" if PRODUCTION else "offered", ("required", "offered"))
SECOND_FACTOR_GRACE_DAYS = ENV.number("SECOND_FACTOR_GRACE_DAYS", 0)
# An administrator vouches for each address, so that nobody waits for a letter before adding a factor.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "CSTO Knowledge Base"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION

# Zero means that X-Forwarded-For and X-Forwarded-Proto are somebody's claim and are not looked at.
TRUSTED_PROXIES = ENV.number("TRUSTED_PROXIES", 0)
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES

# -- what browsers are told --------------------------------------------------------------------------------

HTTPS = SITE_URL.startswith("https://")
if TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 2 * 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_TRUSTED_ORIGINS = [SITE_URL]
CSRF_COOKIE_SECURE = SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "base-uri": [NONE],
        "connect-src": [SELF],
        "font-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "img-src": [SELF, "data:"],
        "manifest-src": [SELF],
        "object-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
    }
}

# Any site may read the API from a reader's browser; nobody's cookies go along, and nothing can be written.
CORS_ALLOW_ALL_ORIGINS = True
CORS_URLS_REGEX = r"^/api/"
CORS_ALLOW_METHODS = ["GET", "HEAD", "OPTIONS"]
CORS_EXPOSE_HEADERS = ["ETag", "Last-Modified", "Link", "RateLimit", "RateLimit-Policy", "Retry-After"]

# -- the API -----------------------------------------------------------------------------------------------

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["cstokb.accounts.authentication.ApiTokenAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["cstokb.accounts.permissions.ReadOnlyWithinScope"],
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "cstokb.listing.negotiation.Negotiation",
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "cstokb.listing.errors.problem_handler",
    "DEFAULT_THROTTLE_CLASSES": [
        "cstokb.listing.throttling.AnonymousRate",
        "cstokb.listing.throttling.SearchRate",
        "cstokb.listing.throttling.TokenRate",
    ],
    "DEFAULT_THROTTLE_RATES": {
        "anonymous": f"{ENV.number('RATE_ANONYMOUS', 1200, least=1)}/min",
        "search": f"{ENV.number('RATE_SEARCH', 600, least=1)}/min",
        "token": f"{ENV.number('RATE_TOKEN', 6000, least=1)}/min",
    },
    "NUM_PROXIES": TRUSTED_PROXIES,
    "UNICODE_JSON": True,
}

SPECTACULAR_SETTINGS = {
    "TITLE": "CSTO Knowledge Base",
    "DESCRIPTION": "States, treaties, sessions and statements of the Organization, dated and sourced.",
    "VERSION": __version__,
    "OAS_VERSION": "3.1.0",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SERVE_INCLUDE_SCHEMA": False,
    # Vocabularies stand where they are used: names made for them would change with every new list.
    "POSTPROCESSING_HOOKS": [],
}

# -- mail, logs --------------------------------------------------------------------------------------------

# Without EMAIL_URL messages go to the log, so that a first start needs no mail server; production uses the machine's.
MAILERS = {"default": ENV.mailer("EMAIL_URL", "smtp://localhost:25" if PRODUCTION else "consolemail://")}
if django.VERSION < (6, 1):
    # The same under the names that Django had before.
    EMAIL_BACKEND = MAILERS["default"]["BACKEND"]
    EMAIL_HOST = MAILERS["default"]["OPTIONS"].get("host", "")
    EMAIL_PORT = MAILERS["default"]["OPTIONS"].get("port", 25)
    EMAIL_HOST_USER = MAILERS["default"]["OPTIONS"].get("username", "")
    EMAIL_HOST_PASSWORD = MAILERS["default"]["OPTIONS"].get("password", "")
    EMAIL_USE_TLS = MAILERS["default"]["OPTIONS"].get("use_tls", False)
    EMAIL_USE_SSL = MAILERS["default"]["OPTIONS"].get("use_ssl", False)
    EMAIL_TIMEOUT = MAILERS["default"]["OPTIONS"].get("timeout")
DEFAULT_FROM_EMAIL = SERVER_EMAIL = ENV.text("DEFAULT_FROM_EMAIL", CONTACT_EMAIL or "webmaster@localhost")

LOG_FORMAT = ENV.choice("LOG_FORMAT", "text", ("text", "json"))
if LOG_FORMAT == "json":
    need_package("pythonjsonlogger", "LOG_FORMAT", "ops")
LOG_FORMATS = {
    "text": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"},
    "json": {
        "()": "pythonjsonlogger.json.JsonFormatter",
        "format": "{asctime} {levelname} {name} {message}",
        "style": "{",
    },
}
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"chosen": LOG_FORMATS[LOG_FORMAT]},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "chosen"}},
    "root": {
        "handlers": ["console"],
        "level": ENV.choice("LOG_LEVEL", "INFO", ("DEBUG", "INFO", "WARNING", "ERROR")),
    },
}

if SENTRY_DSN := ENV.text("SENTRY_DSN", ""):
    need_package("sentry_sdk", "SENTRY_DSN", "ops")
    import sentry_sdk

    # Errors go out without addresses, cookies or names of people.
    sentry_sdk.init(dsn=SENTRY_DSN, release=__version__, send_default_pii=False)
