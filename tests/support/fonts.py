"""The fonts that Chromium may use in a test: how wide words are must not depend on what else is installed here."""

import os
import shutil
import subprocess
from pathlib import Path
from typing import Literal

from tests.support.missing import missing

Fonts = Literal["latin", "latin and cjk"]
FONTS: tuple[Fonts, ...] = ("latin", "latin and cjk")

# DejaVu is the widest of the usual Latin fonts, and every Debian with fontconfig has it.
LATIN = '<pattern><patelt name="family"><string>DejaVu Sans</string></patelt></pattern>'
CJK = '<pattern><patelt name="lang"><string>ja</string></patelt></pattern>'
CONFIGURATION = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <include>/etc/fonts/fonts.conf</include>
  <selectfont><acceptfont>{accepted}</acceptfont><rejectfont><pattern></pattern></rejectfont></selectfont>
</fontconfig>
"""


def only(fonts: Fonts, folder: Path) -> dict[str, str]:
    """Return this process's environment with no fonts but ``fonts``; a file that says so is written to ``folder``.

    Skips the test where such fonts aren't installed; under CI=true it fails.
    """
    path = folder / "fonts.conf"
    path.write_text(CONFIGURATION.format(accepted=LATIN if fonts == "latin" else LATIN + CJK))
    environment = {**os.environ, "FONTCONFIG_FILE": str(path)}
    if not _installed(":family=DejaVu Sans", environment):
        missing("no DejaVu Sans here: apt-get install fontconfig fonts-dejavu-core")
    if fonts == "latin and cjk" and not _installed(":lang=ja", environment):
        missing("no font for Japanese here: apt-get install fonts-wqy-microhei")
    return environment


def _installed(pattern: str, environment: dict[str, str]) -> bool:
    lister = shutil.which("fc-list")
    if lister is None:
        return False
    listed = subprocess.run([lister, pattern], env=environment, capture_output=True, text=True, check=True)
    return bool(listed.stdout)
