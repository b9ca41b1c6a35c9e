"""The application that gunicorn serves."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application
from django.urls import reverse

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cstokb.settings")

try:
    application = get_wsgi_application()
    reverse("admin:index")  # loads every address, so that the first reader need not wait for it
except ImproperlyConfigured as error:
    sys.exit(f"The knowledge base cannot start. {error}")
