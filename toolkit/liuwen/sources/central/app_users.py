"""App users of ODK Central, who collect with ODK Collect, and the QR codes that configure their phones."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from liuwen.openrosa.settings_qr import QrCode, settings_qr
from liuwen.sources.central.addresses import quoted

if TYPE_CHECKING:
    from liuwen.sources.central.client import Central


@dataclass(frozen=True, slots=True)
class AppUser:
    """A person who collects with ODK Collect.

    Attributes:
        number: The number of the app user on Central.
        name: The name.
        project_name: The name of the project.
    """

    number: int
    name: str
    project_name: str
    address: str = field(repr=False)
    """Contains the secret token: whoever has it can submit as this user."""

    @property
    def qr(self) -> QrCode:
        """The QR code that sets ODK Collect up for this user."""
        return settings_qr(self.address, name=self.project_name)


def add_app_user(central: "Central", name: str, forms: tuple[str, ...]) -> AppUser:
    """Add an app user with access to `forms`."""
    made = central.send("POST", "app-users", json={"displayName": name}).json()
    _assign(central, made["id"], forms)
    return _app_user(central, _project_name(central), made)


def app_user(central: "Central", name: str, forms: tuple[str, ...]) -> AppUser:
    """Find an app user by name, or add it, and give it access to `forms`."""
    known = next((each for each in app_users(central) if each.name == name), None)
    if known is None:
        return add_app_user(central, name, forms)
    _assign(central, known.number, forms)
    return known


def app_users(central: "Central") -> tuple[AppUser, ...]:
    """All app users of the project that are not revoked."""
    name = _project_name(central)
    return tuple(_app_user(central, name, each) for each in central.get("app-users").json() if each.get("token"))


def _assign(central: "Central", number: int, forms: tuple[str, ...]) -> None:
    for form_id in forms:
        place = f"forms/{quoted(form_id)}/assignments"
        if number not in {each["actorId"] for each in central.get(place).json()}:
            central.send("POST", f"{place}/app-user/{number}")


def _app_user(central: "Central", project_name: str, answer: dict[str, object]) -> AppUser:
    address = f"{central.url}/v1/key/{answer['token']}/projects/{central.project}"
    return AppUser(int(str(answer["id"])), str(answer["displayName"]), project_name, address)


def _project_name(central: "Central") -> str:
    return str(central.send("GET", f"projects/{central.project}", server_wide=True).json()["name"])
