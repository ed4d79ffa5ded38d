"""`python -m jucai.demo.mailserver --config-json JSON|@FILE`: serves until SIGTERM or SIGINT.

Prints one line of JSON with the addresses once everything listens. Exit codes: 0 stopped on demand,
2 unusable configuration, 3 a port or the data folder cannot be had.
"""

import argparse
import asyncio
import logging
import sqlite3
import sys
from pathlib import Path

from jucai.demo.mailserver.config import MailServerAddresses, MailServerConfigError, config_from_json
from jucai.demo.mailserver.server import serve


def main() -> int:
    """Runs the server; the exit code."""
    parser = argparse.ArgumentParser(prog="python -m jucai.demo.mailserver")
    parser.add_argument("--config-json", required=True, help="JSON, or @ and the name of a file that holds it")
    given: str = parser.parse_args().config_json
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    # The SMTP library logs each line of each letter's header; letters are personal.
    logging.getLogger("mail.log").setLevel(logging.ERROR)
    try:
        text = Path(given[1:]).read_text(encoding="utf-8") if given.startswith("@") else given
        asyncio.run(serve(config_from_json(text), ready=_announce))
    except MailServerConfigError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    except (OSError, sqlite3.Error) as error:
        sys.stderr.write(f"邮件服务器无法启动：{error}\n")
        return 3
    return 0


def _announce(addresses: MailServerAddresses) -> None:
    sys.stdout.write(addresses.to_json() + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
