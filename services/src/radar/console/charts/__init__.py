"""Geometry of the pictures, in the units of an SVG viewBox; templates only draw it."""
