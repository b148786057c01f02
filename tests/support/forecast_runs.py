"""Work of the forecast that was started, and that ends when a test says so."""


class StartedRun:
    """``Run``: ends with the status a test gives it."""

    def __init__(self) -> None:
        self.ended: int | None = None
        self.stopped = False

    def status(self) -> int | None:
        return self.ended

    def stop(self) -> None:
        self.stopped = True


class Started:
    """What starts them, and what it started."""

    def __init__(self) -> None:
        self.runs: list[StartedRun] = []

    def __call__(self) -> StartedRun:
        self.runs.append(StartedRun())
        return self.runs[-1]
