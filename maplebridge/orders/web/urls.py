"""Paths of the orders room."""

from __future__ import annotations

from django.urls import path

from maplebridge.orders.web import views

app_name = "orders"
urlpatterns = [
    path("desk/orders/", views.order_list, name="list"),
    path("desk/orders/<int:order_id>/<slug:verb>/", views.order_step, name="step"),
]
