"""Pages of the teams room."""

from __future__ import annotations

from django.urls import path

from maplebridge.teams.web import me, teams

app_name = "teams"
urlpatterns = [
    path("field/me/", me.show, name="me"),
    path("field/me/availability/", me.change_availability, name="availability"),
    path("field/me/hours/", me.change_hours, name="hours"),
    path("field/me/consent/", me.change_consent, name="consent"),
    path("teams/", teams.show_list, name="list"),
    path("teams/<str:code>/", teams.show_team, name="team"),
    path("teams/<str:code>/skill/", teams.enter_skill, name="skill"),
]
