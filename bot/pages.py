"""The publisher's own pages, filled in from the settings: privacy, and the chat on a page alone."""

from __future__ import annotations

from io import BytesIO

import segno
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.channels.messaging.registry import active
from bot.errors import InputError
from bot.settings import Settings

# Scripts, styles, pictures and calls of this server only; text never becomes markup.
CONTENT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'"
)
QR_TITLE = "QR-code met het adres van de chat"


def page(name: str, settings: Settings) -> str:
    """One page of widget/page as HTML; what the publisher wrote is escaped."""
    environment = Environment(loader=FileSystemLoader(settings.root / "widget" / "page"),
                              autoescape=True, undefined=StrictUndefined, trim_blocks=True,
                              lstrip_blocks=True)
    own = ("/privacy", f"{settings.public_url}/privacy")
    return environment.get_template(name).render(
        publisher=settings.publisher, contact=settings.contact, privacy=settings.privacy_url,
        notice="" if settings.privacy_url in own else settings.privacy_url,
        hours=round(settings.web_retention / 3600),
        days=round(settings.messaging_retention / 86400),
        queue_hours=round(settings.queue_retention / 3600),
        months=round(settings.feedback_retention / 86400 / 30.4), apps=active(settings),
        question_days=round(settings.unanswered_retention / 86400) if settings.unanswered else 0,
    )


def qr_code(address: str) -> bytes:
    """The address as an SVG to print or show; InputError when it does not fit in a QR code."""
    try:
        code = segno.make_qr(address, error="m")
    except segno.DataOverflowError as error:
        raise InputError("te_lang", "Dit adres is te lang voor een QR-code.") from error
    out = BytesIO()
    # White behind it, so that it can be read on a dark page too.
    code.save(out, kind="svg", scale=8, border=4, light="white", xmldecl=False, title=QR_TITLE,
              desc=address)
    return out.getvalue()
