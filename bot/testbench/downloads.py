"""Files that a page gives to save."""

from __future__ import annotations

from starlette.responses import Response

CSV, SVG = "text/csv; charset=utf-8", "image/svg+xml"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def attached(content: bytes, media: str, name: str) -> Response:
    """A file to save under that name, of ASCII letters."""
    return Response(content, media_type=media,
                    headers={"Content-Disposition": f'attachment; filename="{name}"'})
