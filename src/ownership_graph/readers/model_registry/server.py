"""A tracking server, asked by MLflow's own client over a line that goes nowhere else."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import msgspec

from ownership_graph.errors import SourceError
from ownership_graph.importing.quoting import brief
from ownership_graph.readers.model_registry.opening import Stores
from ownership_graph.readers.model_registry.quiet import DOING, quiet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ownership_graph.readers.web import Site


@contextmanager
def open_server(url: str, authorization: str) -> Iterator[Stores]:
    """The registry and the tracking store behind that address; `authorization` is the header's.

    Raises:
        UsageError: the address is none, or a secret would cross the network in the clear.
    """
    from ownership_graph.readers.web import Site  # noqa: PLC0415 -- an extra of its own

    with Site(url, DOING, authorization) as site:
        with quiet(url):
            stores = _stores(site)
        yield stores


def _stores(site: Site) -> Stores:
    """MLflow's own clients, which ask through `site`.

    So its redirects, its retries and what it would take for an answer are not MLflow's.
    """
    from mlflow.exceptions import MlflowException  # noqa: PLC0415 -- slow, an extra
    from mlflow.protos.databricks_pb2 import RESOURCE_DOES_NOT_EXIST  # noqa: PLC0415 -- the same
    from mlflow.store.model_registry import rest_store as registry  # noqa: PLC0415 -- slow, an extra
    from mlflow.store.tracking import rest_store as tracking  # noqa: PLC0415 -- slow, an extra

    from ownership_graph.readers.web import AbsentError  # noqa: PLC0415 -- an extra of its own

    class Tracking(tracking.RestStore):
        def __init__(self) -> None:
            super().__init__(None)  # type: ignore[no-untyped-call]  # MLflow's; the site has the credentials

        def _call_endpoint(self, api: Any, json_body: Any = None, *_: Any, **__: Any) -> Any:  # noqa: ANN401
            endpoint, method = self._METHOD_TO_INFO[api]
            return _asked(site, endpoint, method, json_body, api.Response())

        def get_run(self, run_id: Any) -> Any:  # noqa: ANN401
            try:
                return super().get_run(run_id)  # type: ignore[no-untyped-call]  # MLflow's
            except AbsentError as error:
                raise MlflowException(error.message, RESOURCE_DOES_NOT_EXIST) from error

    class Registry(registry.RestStore):
        def __init__(self) -> None:
            super().__init__(None)  # type: ignore[no-untyped-call]  # MLflow's

        def _call_endpoint(self, api: Any, json_body: Any, *_: Any, **__: Any) -> Any:  # noqa: ANN401
            endpoint, method = self._get_endpoint_from_method(api)  # type: ignore[no-untyped-call]  # MLflow's
            return _asked(site, endpoint, method, json_body, api.Response())

    return Stores(Tracking(), Registry(), site.url)


def _asked(site: Site, endpoint: str, method: str, said: str, response: Any) -> Any:  # noqa: ANN401
    """The response, filled with what the server answers."""
    from google.protobuf.json_format import ParseError  # noqa: PLC0415 -- part of MLflow
    from mlflow.utils.proto_json_utils import parse_dict  # noqa: PLC0415 -- slow, an extra

    wanted = msgspec.json.decode(said)
    answer = site.get(endpoint, wanted) if method == "GET" else site.post(endpoint, wanted)
    try:
        parse_dict(answer.data, response)
    except ParseError as error:
        raise SourceError(
            f"{DOING}: this is no answer of MLflow's: {brief(error)}. Is this the address of a"
            " tracking server?",
            file=site.url,
        ) from error
    return response
