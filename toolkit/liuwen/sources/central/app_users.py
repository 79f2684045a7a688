"""App users of ODK Central, who collect with ODK Collect, and the QR codes that configure their phones."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from liuwen.openrosa.settings_qr import QrCode, settings_qr
from liuwen.sources.central.addresses import quoted
from liuwen.sources.replies import Reply, read_reply

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
        return settings_qr(self.address, name=self.project_name, holder=self.name)


def add_app_user(central: "Central", name: str, forms: tuple[str, ...]) -> AppUser:
    """Add an app user with access to `forms`."""
    made = read_reply(central.send("POST", "app-users", json={"displayName": name}), central.url)
    _assign(central, made["id"].whole(), forms)
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
    listed = read_reply(central.get("app-users"), central.url).rows()
    return tuple(_app_user(central, name, each) for each in listed if each.get("token").value)


def _assign(central: "Central", number: int, forms: tuple[str, ...]) -> None:
    for form_id in forms:
        place = f"forms/{quoted(form_id)}/assignments"
        if number not in {each["actorId"].whole() for each in read_reply(central.get(place), central.url).rows()}:
            central.send("POST", f"{place}/app-user/{number}")


def _app_user(central: "Central", project_name: str, answer: Reply) -> AppUser:
    address = f"{central.url}/v1/key/{answer['token'].text()}/projects/{central.project}"
    return AppUser(answer["id"].whole(), answer["displayName"].text(), project_name, address)


def _project_name(central: "Central") -> str:
    return read_reply(central.send("GET", f"projects/{central.project}", server_wide=True), central.url)["name"].text()
