"""Learning from labelled texts: features, linear voters, calibration, scores.

Knows nothing of police. ``triage`` gives it its own features and labels, ``brain evaluate`` any
table. Answering needs numpy alone; scipy and scikit-learn are loaded when something is trained.
"""
