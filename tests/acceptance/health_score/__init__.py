"""health-score seen from outside: a log on one side, HTTP and another topic on the other."""
