"""Options that name a server: ODK Central or KoboToolbox."""

import os
from typing import TYPE_CHECKING

import click

from liuwen.errors import LiuwenError
from liuwen.messages import Sentence

if TYPE_CHECKING:
    from liuwen.sources import Central, Kobo

CENTRAL = Sentence(
    zh="ODK Central 的地址；也可设 CENTRAL_URL。",
    en="Address of ODK Central; or set CENTRAL_URL.",
)
PROJECT = Sentence(
    zh="ODK Central 上项目的编号；也可设 CENTRAL_PROJECT。",
    en="Number of the project on ODK Central; or set CENTRAL_PROJECT.",
)
EMAIL = Sentence(
    zh="ODK Central 的登录邮箱；也可设 CENTRAL_EMAIL。密码取自 CENTRAL_PASSWORD 或钥匙串。",
    en="Account on ODK Central; or set CENTRAL_EMAIL. The password comes from CENTRAL_PASSWORD or the keyring.",
)
KOBO = Sentence(
    zh="KoboToolbox 的地址；也可设 KOBO_URL。令牌取自 KOBO_TOKEN 或钥匙串。",
    en="Address of KoboToolbox; or set KOBO_URL. The token comes from KOBO_TOKEN or the keyring.",
)
WHICH = Sentence(
    zh="请说明是哪个服务器：--central 地址 或 --kobo 地址（二者取一）。",
    en="Name the server: either --central ADDRESS or --kobo ADDRESS.",
)
ONLY_CENTRAL = Sentence(
    zh="{option} 只用于 ODK Central。",
    en="{option} works with ODK Central only.",
)


def server_options() -> list[click.Parameter]:
    """The options that name a server, given to the command as `central`, `project`, `email` and `kobo`."""
    return [
        click.Option(["--central"], help=str(CENTRAL)),
        click.Option(["--project"], type=click.IntRange(1), envvar="CENTRAL_PROJECT", default=1, help=str(PROJECT)),
        click.Option(["--email"], help=str(EMAIL)),
        click.Option(["--kobo"], help=str(KOBO)),
    ]


def server(central: str | None, project: int, email: str | None, kobo: str | None) -> "Central | Kobo":
    """The server named by the options, or else by the environment."""
    from liuwen.sources import Central, Kobo

    if not central and not kobo:
        central, kobo = os.environ.get("CENTRAL_URL"), os.environ.get("KOBO_URL")
    if bool(central) == bool(kobo):
        raise LiuwenError(WHICH)
    return Central(central, project=project, email=email) if central else Kobo(kobo)


def only_for_central(options: dict[str, object]) -> None:
    """Refuse options that KoboToolbox does not support, if any was given."""
    given = next((name for name, value in options.items() if value), None)
    if given:
        raise LiuwenError(ONLY_CENTRAL.filled(option=given))
