"""Django settings, derived from `liuke.base.settings`. Nothing here reads the environment by itself."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

from liuke.base.backups import refuse_unfinished
from liuke.base.logs import JsonLine, PlainLine
from liuke.base.settings import from_environment
from liuke.server.mail import mail_of
from liuke.server.secrets import installation_secret

LIUKE = from_environment()
LIUKE.data_dir.mkdir(parents=True, exist_ok=True)
if not LIUKE.restoring:
    refuse_unfinished(LIUKE.data_dir)

SECRET_KEY = installation_secret(LIUKE.data_dir).hex()
DEBUG = False
ALLOWED_HOSTS = (
    ["*"]
    if LIUKE.host in {"0.0.0.0", "::"}  # noqa: S104 - compared, not bound
    else [LIUKE.host, "localhost", "127.0.0.1", "testserver", urlsplit(LIUKE.public_url).hostname or ""]
)
CSRF_TRUSTED_ORIGINS = [LIUKE.public_url]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.headless",
    "liuke.accounts.store.apps.AccountsConfig",
    "liuke.jobs.store.apps.JobsConfig",
    "liuke.connect.store.apps.ConnectConfig",
    "liuke.facts.store.apps.FactsConfig",
    "liuke.features.store.apps.FeaturesConfig",
    "liuke.signals.store.apps.SignalsConfig",
    "liuke.segments.store.apps.SegmentsConfig",
    "liuke.score.store.apps.ScoreConfig",
    "liuke.alert.store.apps.AlertConfig",
    "liuke.act.store.apps.ActConfig",
    "liuke.learn.store.apps.LearnConfig",
    "liuke.show.store.apps.ShowConfig",
]
MIDDLEWARE = [
    "liuke.server.middleware.traced",
    "liuke.server.cors.pages_of_others",
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "liuke.server.middleware.private_answers",
]
ROOT_URLCONF = "liuke.server.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    }
]


def database(url: str) -> dict[str, object]:
    """Django's DATABASES entry for a `sqlite:///path` or `postgresql://user:password@host:port/name` address."""
    if url.startswith("sqlite:///"):
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": url.removeprefix("sqlite:///"),
            "CONN_MAX_AGE": None,  # the last connection that closes writes the whole log back: not after every request
            "OPTIONS": {
                "timeout": 20,
                "transaction_mode": "IMMEDIATE",
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-65536; PRAGMA mmap_size=268435456;",
            },
        }
    parts = urlsplit(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": parts.port or "",
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


DATABASES = {"default": database(LIUKE.database_url)}
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "liuke.server.login.LoginAdapter"
ACCOUNT_SESSION_REMEMBER = True
MFA_ADAPTER = "liuke.server.login.SealedMfaAdapter"
MFA_TOTP_ISSUER = "Liuke"
HEADLESS_ONLY = True
HEADLESS_CLIENTS = ("browser",)
HEADLESS_FRONTEND_URLS = {
    "account_reset_password_from_key": f"{LIUKE.public_url}/reset/{{key}}",
    "account_signup": f"{LIUKE.public_url}/login",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]

CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}}
"""Holds the counts of log-in attempts: shared by all processes and not forgotten at a restart."""
MAIL = mail_of(LIUKE.smtp_url)
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if MAIL else 'dummy'}.EmailBackend"
if MAIL:
    EMAIL_HOST, EMAIL_PORT, EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = MAIL.host, MAIL.port, MAIL.user, MAIL.password
    EMAIL_USE_SSL, EMAIL_USE_TLS = MAIL.is_tls, MAIL.starts_tls
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = LIUKE.mail_from
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LIUKE.public_url.startswith("https://")
SESSION_COOKIE_SAMESITE = "Lax"
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = True
LANGUAGE_CODE = "zh-hans"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": JsonLine if LIUKE.log_json else PlainLine}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "liuke": {"level": "INFO"},
        "liuke.access": {"level": "INFO" if LIUKE.log_json else "ERROR"},  # requests and jobs, one line each
        "django.request": {"level": "ERROR"},
    },
}
