"""Addresses of home, topics, sources and the pages about the whole; and of files for programs, in no language."""

from django.urls import path, re_path

from cstokb.pages import (
    about,
    cite,
    corrections,
    data,
    download,
    feeds,
    home,
    shelves,
    sitemap,
    timeline,
    well_known,
)
from cstokb.pages.style import style_page

urlpatterns = [
    *home.HomePage.urls(),
    *timeline.Timeline.urls(),
    *shelves.TopicList.urls(),
    *shelves.TopicPage.urls(),
    *shelves.SourceList.urls(),
    *shelves.SourcePage.urls(),
    *corrections.Corrections.urls(),
    *data.DataPage.urls(),
    *feeds.FeedsPage.urls(),
    *about.AboutPage.urls(),
    *about.SearchHelp.urls(),
    *about.Glossary.urls(),
    *cite.CitePage.urls(),
    path("style/", style_page, name="style"),
]

files = [
    path("data/records.ndjson", download.Everything.as_view(), name="everything"),
    path("sitemap.xml", sitemap.SitemapIndex.as_view(), name="sitemap"),
    re_path(
        r"^sitemap-(?P<kind>[a-z-]+)-(?P<number>[1-9]\d{0,6})\.xml$",
        sitemap.SitemapPart.as_view(),
        name="sitemap-part",
    ),
    path("robots.txt", well_known.robots, name="robots"),
    path("favicon.ico", well_known.icon, name="icon"),
    path("opensearch.xml", well_known.opensearch, name="opensearch"),
    path(".well-known/security.txt", well_known.security, name="security"),
]
