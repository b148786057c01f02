"""Health-score: folds events into facts, computes metrics and an explained health score, and answers for them."""
