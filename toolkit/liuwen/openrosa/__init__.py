"""The OpenRosa protocol: envelopes, multipart bodies, Digest authentication, encryption keys, the settings QR code."""

from liuwen.openrosa.keys import KeyPair, new_keys
from liuwen.openrosa.refused import RefusedError
from liuwen.openrosa.settings_qr import QrCode, settings_qr

__all__ = ["KeyPair", "QrCode", "RefusedError", "new_keys", "settings_qr"]
