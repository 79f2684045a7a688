"""The simulated phone that fills in a form: device properties, clock and random numbers, all configurable.

JavaRosa keeps clock, properties and random source in static fields; inside the worker `take_up` replaces them with those of
one phone. Workarounds: `now()` uses Joda's clock, `today()` does not and is rewritten (see `loading.with_replacements`), as are
`random()` and `uuid()`, and the timestamps `start`, `end` and `today` come from our own handlers.
"""

import random
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any


@dataclass(frozen=True, slots=True)
class Device:
    """The metadata of a phone and its user, by XLSForm's metadata types.

    Attributes:
        deviceid: The ID of the device.
        username: The user name set in the app.
        phonenumber: The telephone number set in the app.
        email: The e-mail address set in the app.
        simserial: The serial number of the SIM card.
        subscriberid: The subscriber ID of the SIM card.
    """

    deviceid: str = "liuwen:interview"
    username: str = ""
    phonenumber: str = ""
    email: str = ""
    simserial: str = ""
    subscriberid: str = ""

    def properties(self) -> dict[str, str]:
        """The properties that a form can request.

        Returns:
            Name → value, each also with the prefix "uri:".
        """
        schemes = {"deviceid": "", "username": "username:", "phonenumber": "tel:", "email": "mailto:"}
        plain = {name: str(getattr(self, name)) for name in self.__slots__}
        uris = {f"uri:{name}": scheme + plain[name] if plain[name] else "" for name, scheme in schemes.items()}
        return plain | uris


def new_seed() -> int:
    """A seed that nobody chose."""
    return random.getrandbits(47)


@dataclass(slots=True)
class PhoneState:
    """A device, its clock (a time with UTC offset, which the form sees) and its random source."""

    device: Device = field(default_factory=Device)
    now: datetime = field(default_factory=lambda: datetime.now(UTC).astimezone())
    seed: int = field(default_factory=new_seed)
    drawn: Counter[str] = field(default_factory=Counter)
    """Inside the worker: how often each `random()` and `uuid()` of the form was computed, by its place."""
    _chance: Any = None
    _set_to: datetime | None = None
    """The `now` that the clock was last set to; it has since advanced to `_passed` (milliseconds since 1970)."""
    _passed: int = 0

    def take_up(self) -> None:
        """Inside the worker: make JavaRosa use this phone."""
        from liuwen.engine.javarosa import java

        statics = _statics()
        if self._chance is None:
            self._chance = java("java.util.Random")(self.seed)
        statics.set_random(self._chance)
        statics.set_properties(self.device.properties())
        statics.set_zone(self.now.utcoffset() or timedelta(0))
        if self._set_to is not self.now:
            self._set_to, self._passed = self.now, round(self.now.timestamp() * 1000)
        self.tick(0)

    def tick(self, seconds: float, *, seen: bool = True) -> None:
        """Inside the worker: advance the clock; `now()` in expressions is updated unless `seen` is false."""
        self._passed += round(seconds * 1000)
        _statics().set_millis(self._passed, seen=seen)

    @property
    def millis(self) -> int:
        """Inside the worker: the time of its clock in milliseconds since 1970."""
        return self._passed


class _Statics:
    """JavaRosa's static fields, and replacements for its parts that query the machine."""

    def __init__(self) -> None:
        import jpype

        from liuwen.engine.javarosa import java

        self._random = java("org.javarosa.core.util.MathUtils").class_.getDeclaredField("r")
        self._random.setAccessible(True)
        self._clock = java("org.joda.time.DateTimeUtils")
        self._millis = 0
        self._offset: timedelta | None = None
        self._properties: Mapping[str, str] = {}
        self._manager = jpype.JProxy("org.javarosa.core.services.IPropertyManager", inst=self)

    def set_random(self, chance: Any) -> None:
        self._random.set(None, chance)

    def set_properties(self, properties: Mapping[str, str]) -> None:
        from liuwen.engine.javarosa import java

        self._properties = properties
        java("org.javarosa.core.services.PropertyManager").setPropertyManager(self._manager)

    def set_zone(self, offset: timedelta) -> None:
        from liuwen.engine.javarosa import java

        if offset == self._offset:
            return
        minutes = round(offset.total_seconds() / 60)
        name = f"GMT{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"
        java("java.util.TimeZone").setDefault(java("java.util.TimeZone").getTimeZone(name))
        java("org.joda.time.DateTimeZone").setDefault(java("org.joda.time.DateTimeZone").forOffsetMillis(minutes * 60_000))
        self._offset = offset

    def set_millis(self, millis: int, *, seen: bool) -> None:
        self._millis = millis
        if seen:
            self._clock.setCurrentMillisFixed(millis)

    def date(self) -> Any:
        from liuwen.engine.javarosa import java

        return java("java.util.Date")(self._millis)

    # -- org.javarosa.core.services.IPropertyManager ----------------------------------------------------------------

    def getSingularProperty(self, name: Any) -> str | None:  # noqa: N802  # JavaRosa's names
        return self._properties.get(str(name)) or None

    def getProperty(self, name: Any) -> None:  # noqa: N802
        return None

    def setProperty(self, name: Any, value: Any) -> None:  # noqa: N802
        return None

    def addRules(self, rules: Any) -> None:  # noqa: N802
        return None

    def getRules(self) -> None:  # noqa: N802
        return None


class Timestamps:
    """Preload handler for `start` and `end` ("timestamp") or `today` ("date") that uses the phone's clock."""

    def __init__(self, kind: str) -> None:
        self._kind = kind

    def preloadHandled(self) -> str:  # noqa: N802
        return self._kind

    def handlePreload(self, parameter: Any) -> Any:  # noqa: N802
        if str(parameter) == "start":
            return self._stamp()
        return self._day() if str(parameter) == "today" else None

    def handlePostProcess(self, node: Any, parameter: Any) -> bool:  # noqa: N802
        if self._kind != "timestamp" or str(parameter) != "end":
            return False
        node.setAnswer(self._stamp())
        return True

    def _stamp(self) -> Any:
        from liuwen.engine.javarosa import java

        return java("org.javarosa.core.model.data.DateTimeData")(_statics().date())

    def _day(self) -> Any:
        from liuwen.engine.javarosa import java

        return java("org.javarosa.core.model.data.DateData")(_statics().date())


def install(definition: Any) -> None:
    """Inside the worker: make a parsed form take its timestamps from the phone's clock."""
    import jpype

    for kind in ("timestamp", "date"):
        handler = jpype.JProxy("org.javarosa.core.model.utils.IPreloadHandler", inst=Timestamps(kind))
        definition.getPreloader().addPreloadHandler(handler)


@cache
def _statics() -> _Statics:
    return _Statics()
