"""The generated city 枫港市: a whole invented county-level city from one number."""
