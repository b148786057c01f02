"""How a service meets HTTP: one app factory, problem details, health, metrics, paging."""
