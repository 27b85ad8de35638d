"""Pages of the dispatch room."""

from __future__ import annotations

from django.urls import path

from maplebridge.dispatch.web import (
    alarm,
    desk,
    handover,
    home,
    order,
    report,
    scene,
    waiting,
    way,
)

app_name = "dispatch"
urlpatterns = [
    path("field/", home.show, name="home"),
    # The same page under a second name: a menu entry belongs to those who take orders or to others.
    path("field/", home.show, name="duty"),
    path("field/report/", report.show, name="report"),
    path("field/waiting/", waiting.show, name="waiting"),
    path("field/offer/<int:offer_id>/", order.show, name="offer"),
    path("field/offer/<int:offer_id>/answer/", order.answer, name="answer"),
    path("field/way/<int:offer_id>/", way.show, name="way"),
    path("field/way/<int:offer_id>/route.json", way.route, name="route"),
    path("field/way/<int:offer_id>/step/", way.step, name="step"),
    path("field/way/<int:offer_id>/position/", way.position, name="position"),
    path("field/handover/<int:offer_id>/", handover.show, name="handover"),
    path("field/handover/<int:offer_id>/take/", handover.take, name="take"),
    path("field/scene/<int:offer_id>/", scene.show, name="scene"),
    path("field/alarm/", alarm.show, name="alarm"),
    path("field/alarm/<int:alarm_id>/step/", alarm.step, name="alarm_step"),
    path("desk/<str:code>/send/", desk.send, name="send"),
    path("desk/<str:code>/undo-send/", desk.undo_send, name="undo_send"),
    path("desk/<str:code>/alarm/<int:alarm_id>/end/", desk.end_alarm, name="end_alarm"),
    path("desk/<str:code>/radio/<int:offer_id>/", desk.by_radio, name="by_radio"),
    path("desk/<str:code>/stand-down/<int:call_id>/", desk.stand_down, name="stand_down"),
]
