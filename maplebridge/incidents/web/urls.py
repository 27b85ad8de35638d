"""Paths of the incidents room. Fixed words come before codes."""

from __future__ import annotations

from django.urls import path

from maplebridge.incidents.web import (
    beside,
    brain,
    call,
    case,
    claims,
    desk,
    follow,
    handover,
    hints,
    ordering,
    payment,
    portal,
    verbs,
    why,
)

app_name = "incidents"
urlpatterns = [
    path("", portal.report, name="report"),
    path("hints/", hints.hints, name="hints"),
    path("order-help/", ordering.order, name="order_help"),
    path("follow/", follow.enter, name="follow"),
    path("follow/<str:code>/", follow.show, name="followed"),
    path("follow/<str:code>/add/", follow.add, name="follow_add"),
    path("follow/<str:code>/settled/", follow.settled, name="follow_settled"),
    path("follow/<str:code>/survey/", follow.survey, name="follow_survey"),
    path("follow/<str:code>/reopen/", follow.reopen, name="follow_reopen"),
    path("desk/", desk.queue, name="queue"),
    path("desk/call/", call.take, name="call"),
    path("desk/points.json", desk.points, name="points"),
    path("desk/places.json", desk.places_named, name="places"),
    path("desk/handover/", handover.show, name="handover"),
    path("desk/handover/note/", handover.note, name="handover_note"),
    path("desk/handover/sign/", handover.sign, name="handover_sign"),
    path("desk/handover/<int:sheet_id>/take/", handover.take, name="handover_take"),
    path("desk/brain/", brain.brain, name="brain"),
    path("desk/claims.json", claims.held, name="claims"),
    path("desk/<str:code>/", case.show, name="case"),
    path("desk/<str:code>/why/", why.why, name="why"),
    path("desk/<str:code>/beside/<str:other>/", beside.beside, name="beside"),
    path("desk/<str:code>/payment/", payment.card, name="stop_payment"),
    path("desk/<str:code>/payment/open/", payment.open_card, name="stop_payment_open"),
    path("desk/<str:code>/pictures/<int:picture_id>/", case.picture, name="picture"),
    path("desk/<str:code>/claim/", claims.claim, name="claim"),
    path("desk/<str:code>/triage/", verbs.triage, name="triage"),
    path("desk/<str:code>/merge/", verbs.merge, name="merge"),
    path("desk/<str:code>/undo-merge/", verbs.undo_merge, name="undo_merge"),
    path("desk/<str:code>/contact/", verbs.contact, name="contact"),
    path("desk/<str:code>/add/", verbs.add, name="add"),
    path("desk/<str:code>/scene-report/", verbs.scene_report, name="scene_report"),
    path("desk/<str:code>/call-back/", verbs.call_back, name="call_back"),
    path("desk/<str:code>/close/", verbs.close, name="close"),
    path("desk/<str:code>/reopen/", verbs.reopen, name="reopen"),
    path("desk/<str:code>/invalid/", verbs.mark_invalid, name="invalid"),
]
