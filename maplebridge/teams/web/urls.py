"""Pages of the teams room."""

from __future__ import annotations

from django.urls import path

from maplebridge.teams.web import me, points, teams

app_name = "teams"
urlpatterns = [
    path("field/me/", me.show, name="me"),
    path("field/me/availability/", me.change_availability, name="availability"),
    path("field/me/hours/", me.change_hours, name="hours"),
    path("field/me/consent/", me.change_consent, name="consent"),
    path("field/me/points.<slug:kind>", points.download, name="download"),
    path("teams/", teams.show_list, name="list"),
    path("teams/corrections/", points.corrections, name="corrections"),
    path("teams/corrections/<int:correction_id>/<slug:verb>/", points.decide, name="decide"),
    path("teams/<str:code>/", teams.show_team, name="team"),
    path("teams/<str:code>/skill/", teams.enter_skill, name="skill"),
    path("teams/<str:code>/points/<int:volunteer_id>/", points.of_member, name="points"),
    path("teams/<str:code>/points/<int:volunteer_id>/correct/", points.propose, name="correct"),
]
