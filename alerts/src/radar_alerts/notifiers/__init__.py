"""One package for each way to reach people. A package that lies here is found; nothing else names it."""
