"""Which files belong to which model."""

from __future__ import annotations

import pytest

from ownership_graph.errors import SourceError, UsageError
from ownership_graph.readers import model_paths
from ownership_graph.readers.model_paths import model_id, models_in

FILES = (
    "README.md",
    "models/README.md",
    "models/churn/train.py",
    "models/fraud/.env",
    "models/fraud/lib/a.py",
    "models/fraud/train.py",
    "models/fraud/.git/config",
    "models/fraud/node_modules/x.js",
    "models/fraud/lib/__pycache__/a.pyc",
    "src/pricing.py",
    "src/deep/er/model-claims.py",
)


@pytest.fixture
def checkout(tmp_path):
    for each in FILES:
        (tmp_path / each).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / each).write_text("x")
    return tmp_path


@pytest.mark.parametrize(
    ("patterns", "expected"),
    [
        (
            ["models/{model}/**"],
            {
                "churn": ["models/churn/train.py"],
                "fraud": ["models/fraud/.env", "models/fraud/lib/a.py", "models/fraud/train.py"],
            },
        ),
        (["/models/{model}/*.py"], {m: [f"models/{m}/train.py"] for m in ("churn", "fraud")}),
        (["src/{model}.py"], {"pricing": ["src/pricing.py"]}),
        (["**/model-{model}.p?"], {"claims": ["src/deep/er/model-claims.py"]}),
        (
            ["s*/{model}.py", "models/**/{model}/a.py"],
            {"pricing": ["src/pricing.py"], "lib": ["models/fraud/lib/a.py"]},
        ),
        (
            ["models/{model}/lib/**", "models/{model}/.env", "models/{model}/lib/*"],
            {"fraud": ["models/fraud/.env", "models/fraud/lib/a.py"]},
        ),
    ],
)
def test_patterns(checkout, patterns, expected):
    found = models_in(checkout, patterns, doing="testing")
    assert {
        model: ["/".join(path) for path in paths] for model, paths in found.items()
    } == expected


def test_a_link_is_a_file_and_is_not_followed(checkout, tmp_path_factory):
    outside = tmp_path_factory.mktemp("outside")
    (outside / "secret").write_text("x")
    (checkout / "models/churn/out").symlink_to(outside)
    (checkout / "linked").symlink_to(outside)
    found = models_in(checkout, ["models/{model}/**"], doing="testing")
    assert found["churn"] == [("models", "churn", "out"), ("models", "churn", "train.py")]
    with pytest.raises(SourceError, match=r"no file fits 'linked/{model}'"):
        models_in(checkout, ["linked/{model}"], doing="testing")


@pytest.mark.parametrize("pattern", ["models/**", "{model}/{model}", "../{model}", ""])
def test_a_pattern_must_say_where_the_name_is(checkout, pattern):
    with pytest.raises(UsageError, match=r"Write \{model\} there, once"):
        models_in(checkout, [pattern], doing="testing")


def test_a_folder_that_is_too_large(checkout, monkeypatch):
    monkeypatch.setattr(model_paths, "MOST_FILES", 3)
    with pytest.raises(SourceError, match="more than 3 files"):
        models_in(checkout, ["models/{model}/**"], doing="testing")


def test_an_id_needs_the_name():
    assert model_id("mlflow:{model}", "fraud") == "mlflow:fraud"
    with pytest.raises(UsageError, match="would give every model the same id"):
        model_id("mlflow", "fraud")
