"""Assignment: who should be offered an order, in which order, and why [派单优选]."""
