"""Replays of health: any past days under any scorecard."""
