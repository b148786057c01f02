"""What a person is told when a command fails: one sentence, and the exit status."""

from dataclasses import dataclass

from radar_chassis.errors import RadarError

USAGE = 2
INTERRUPTED = 130


@dataclass(frozen=True, slots=True)
class ErrorMessage:
    """A sentence for stderr and the status to exit with."""

    text: str
    status: int


def sentence(error: BaseException) -> ErrorMessage | None:
    """Return what to say about ``error``; None where only a traceback helps."""
    if isinstance(error, RadarError):
        return ErrorMessage(error.detail, 1)
    if isinstance(error, KeyboardInterrupt):
        return ErrorMessage("Interrupted.", INTERRUPTED)
    if isinstance(error, BrokenPipeError):
        return ErrorMessage("The reader of the output has closed it.", 1)
    message = getattr(error, "format_message", None)
    if message is None:
        return None
    # Usage errors of the command line's library: they know the command whose --help explains more.
    context = getattr(error, "ctx", None)
    path = context.command_path if context is not None else "radar"
    text = str(message()).strip().rstrip(".")
    # A group without a command has printed its help already: there is nothing to add.
    return ErrorMessage(f"{text}; see `{path} --help`." if text else "", USAGE)
