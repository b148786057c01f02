"""Why an import can't go on, in one sentence that says what to do."""

from radar_chassis.errors import RadarError


class BadFile(RadarError):  # noqa: N818 - named for what the reader sees
    """A file that can't be read as it is."""

    status = 422
    code = "bad_file"


class Stopped(RadarError):  # noqa: N818
    """The product refuses, or stays away."""

    code = "import_stopped"
