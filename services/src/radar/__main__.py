"""``python -m radar`` is ``radar``."""

from radar.cli import main

main()
