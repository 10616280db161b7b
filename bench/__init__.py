"""Figures as ratios: both sides in one run, on one machine, in alternating pairs. Nothing here is a test."""
