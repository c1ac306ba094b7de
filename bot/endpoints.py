"""What Rasa reaches outside its core, all of it in this process."""

from __future__ import annotations

import json
from typing import Any, Optional

from aiohttp import ClientResponseError, RequestInfo
from rasa.core.utils import AvailableEndpoints
from rasa.utils.endpoints import EndpointConfig
from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionExecutionRejection

from bot.settings import Settings


class InProcessActions(EndpointConfig):
    """Rasa's action endpoint without HTTP: calls the action executor directly."""

    def __init__(self, package: str = "actions") -> None:
        """Register every action of the package."""
        super().__init__(url="in-process", enable_selective_domain=True)
        self._executor = ActionExecutor()
        self._executor.register_package(package)

    async def request(
        self, method: str = "post", json: Optional[dict[str, Any]] = None, **kwargs: Any
    ) -> Any:
        """Run one action; a rejection becomes the HTTP 400 that Rasa expects."""
        assert json is not None
        try:
            return await self._executor.run(json)
        except ActionExecutionRejection as rejection:
            body = {"error": str(rejection), "action_name": rejection.action_name}
            raise _rejected(body) from rejection


def _rejected(body: dict[str, Any]) -> ClientResponseError:
    from yarl import URL

    url = URL("http://in-process/")
    error = ClientResponseError(RequestInfo(url, "POST", {}, url), (), status=400)  # type: ignore
    error.text = json.dumps(body)  # type: ignore[attr-defined]  # Rasa reads it there
    return error


def endpoints(settings: Settings, actions: EndpointConfig | None = None) -> AvailableEndpoints:
    """Everything Rasa reaches outside its core, for this one process."""
    result = AvailableEndpoints.read_endpoints(str(settings.root / "endpoints.yml"))
    result.action = actions or InProcessActions()
    if result.tracker_store is not None:
        result.tracker_store.kwargs["db"] = str(settings.conversations_file)
    return result
