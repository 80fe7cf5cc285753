"""Ids of models and data that are public, the same in whatever file they are met."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

_PURL = re.compile(r"pkg:(?:/*)(?P<type>[^/@?#]+)/(?P<path>[^@?#]+)")
_HUB = frozenset({"huggingface.co", "www.huggingface.co", "hf.co"})
_DATASETS = "datasets"
_FURTHER = re.compile(r"/(?:tree|blob|resolve|commit|discussions)(?:/|$)")


def by_purl(purl: str) -> str:
    """The id for a package URL, without version; blank where it is none.

    >>> by_purl("pkg:huggingface/google-bert/bert-base-uncased@86b5e09")
    'hf:google-bert/bert-base-uncased'
    >>> by_purl("pkg:mlflow/claims@3?repository_url=https://ml.example"), by_purl("claims 3")
    ('pkg:mlflow/claims', '')
    """
    found = _PURL.match(purl.strip())
    if found is None:
        return ""
    kind, path = found["type"].lower(), unquote(found["path"]).strip("/")
    return hub(path) if kind == "huggingface" else f"pkg:{kind}/{path}"


def by_address(url: str) -> str:
    """The id for a model's or a dataset's page on Hugging Face; blank for another page.

    >>> by_address("https://huggingface.co/datasets/rajpurkar/squad/tree/main")
    'hf:datasets/rajpurkar/squad'
    >>> by_address("https://hf.co/gpt2"), by_address("https://data.example/squad")
    ('hf:gpt2', '')
    >>> by_address("https://hf.co/"), by_address("https://[hf.co/gpt2")
    ('', '')
    """
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or parts.hostname not in _HUB:
        return ""
    path = unquote(parts.path).strip("/")
    is_data = path.startswith(f"{_DATASETS}/")
    place = _FURTHER.split(path.removeprefix(f"{_DATASETS}/"))[0].split("/")[:2]
    return hub("/".join(place), data=is_data) if any(place) else ""


def hub(name: str, *, data: bool = False) -> str:
    """The id of what Hugging Face calls that: `owner/name`, or a name alone.

    >>> hub("gpt2"), hub("squad", data=True)
    ('hf:gpt2', 'hf:datasets/squad')
    """
    return f"hf:{_DATASETS}/{name}" if data else f"hf:{name}"
