"""Addresses of sessions, attendance, chairmanships, invocations, activities and milestones."""

from summits import views

urlpatterns = [
    *views.SessionList.urls(),
    *views.AttendanceMatrix.urls(),
    *views.AttendanceList.urls(),
    *views.ChairmanshipList.urls(),
    *views.SessionPage.urls(),
    *views.InvocationList.urls(),
    *views.InvocationPage.urls(),
    *views.ActivityList.urls(),
    *views.ActivityPage.urls(),
    *views.MilestoneList.urls(),
    *views.MilestonePage.urls(),
]
