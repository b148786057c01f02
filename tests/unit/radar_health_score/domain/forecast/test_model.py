import msgspec
import numpy as np
import pytest

from radar_health_score.domain.forecast.features import FEATURES_HASH, NAMES
from radar_health_score.domain.forecast.linear import Linear, Scaling
from radar_health_score.domain.forecast.model import (
    FeatureMismatch,
    Model,
    ModelUnreadable,
    decode_model,
    encode_model,
)

FEATURES = np.random.default_rng(1).normal(size=(50, len(NAMES)))
MODEL = Model(
    features_hash=FEATURES_HASH,
    features=NAMES,
    linear=Linear(scaling=Scaling.of(FEATURES, np.ones(50)), weights=(0.1,) * len(NAMES), base=-1.0),
)


def test_a_model_is_data_and_reads_back_the_same() -> None:
    assert decode_model(encode_model(MODEL)) == MODEL
    assert MODEL.kind == "logistic"


def test_a_model_of_other_features_is_refused_with_what_to_do() -> None:
    other = msgspec.structs.replace(MODEL, features_hash="0" * 16)
    with pytest.raises(FeatureMismatch, match="train anew with `radar train`"):
        decode_model(encode_model(other))


def test_what_is_no_model_is_refused() -> None:
    for text in ("", "{}", "\x80\x04K\x01."):
        with pytest.raises(ModelUnreadable):
            decode_model(text)
