"""The demo's own programs."""

import sys

from jucai.demo.mailserver.config import MailServerConfig, config_to_json
from jucai.processes import JsonLineReady, Program
from jucai.settings import ROOT


def mailserver(config: MailServerConfig) -> Program:
    """The demo's mail server."""
    return Program(
        name="mailserver",
        command=[sys.executable, "-m", "jucai.demo.mailserver", "--config-json", config_to_json(config)],
        ready=JsonLineReady("smtp_port"),
        folder=ROOT,
    )
