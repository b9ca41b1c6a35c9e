"""The addresses of the corpus tools."""

from cstokb.corpus.views import PAGES

urlpatterns = [pattern for page in PAGES for pattern in page.urls()]
