"""Fitting and running the forecast's models with scikit-learn and LightGBM, imported only when they are used."""
