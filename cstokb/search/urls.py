"""The address of the site search."""

from cstokb.search.views import SearchPage

urlpatterns = SearchPage.urls()
