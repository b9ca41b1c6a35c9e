"""The admin of Django, prepared for the curators."""

from django.contrib import admin

from cstokb.curation.site import prepare

prepare(admin.site)
