"""All that we say in an answer is said in the reader's language; what customers say stays as it is."""

from dataclasses import dataclass

from msgspec import Struct
from msgspec.structs import replace

from radar_health_score.domain.metrics.reading import Missing
from radar_health_score.service.queries.rewording import in_language
from radar_vocabulary.contracts.health import Driver, ForecastDriver, ModelRef
from radar_vocabulary.language.messages import Sentence, StoredSentence, message
from tests.support.health import snapshot

DRIVER = Driver(
    metric="invoices_overdue",
    dimension="outcomes",
    value=2,
    unit="invoices",
    points=-3,
    text="2 invoices are overdue",
)


@dataclass(frozen=True)
class Finding:
    user_id: str
    text: str


class Line(Struct, frozen=True, kw_only=True):
    name: str = "no open contract"
    missing: str | dict[str, str] | None = None
    drivers: tuple[Driver, ...] = ()
    findings: tuple[Finding, ...] = ()
    days: tuple[int, ...] = (1, 2)


class Page(Struct, frozen=True, kw_only=True):
    items: list[Line]
    next_cursor: str | None = None


def told(line: Line, language="ja") -> Line:
    return in_language(Page(items=[line]), language).items[0]


def test_drivers_are_worded_from_their_numbers_wherever_they_stand():
    assert told(Line(drivers=(DRIVER,))).drivers[0].text == "支払期限を過ぎた請求書が2件あります"


def test_reasons_why_something_is_missing_keep_their_numbers():
    young = Missing.told(message("the first use was less than {days} days ago"), days=42).reason
    assert told(Line(missing=young)).missing == "最初の利用から42日経っていません"
    assert told(Line(missing={"ltv": "no paying accounts", "arr": young}), "zh-Hans").missing == {
        "ltv": "没有付费客户",
        "arr": "首次使用至今不足42天",
    }


def test_names_inside_a_finding_are_kept():
    words = message("{who}, decision maker, has not been active for {days} days")
    silent = Finding("u1", Sentence(words, who="Ann {Lee}", days=41))
    assert told(Line(findings=(silent,))).findings[0].text == "決裁者のAnn {Lee}さんが41日間利用していません"


def test_a_finished_sentence_with_numbers_in_it_stays_as_it_was_stored():
    stored = "the first use was less than 42 days ago"
    assert told(Line(missing=stored)).missing == stored


def test_what_is_not_ours_is_left_alone():
    line = Line(missing="because the customer said so", drivers=(DRIVER,))
    assert told(line).name == "no open contract"
    assert told(line).missing == "because the customer said so"
    assert told(Line()).days == (1, 2)


def test_english_answers_stay_as_they_were_made():
    line = Line(missing="no open contract", drivers=(DRIVER,), findings=(Finding("u", "x"),))
    assert told(line, "en") == line


def test_the_model_s_reasons_are_told_wherever_they_stand_those_without_a_metric_too():
    unknown = ForecastDriver(about="seats", logit=0.1, text="no open contract")
    young = StoredSentence("the first use was less than {days} days ago", {"days": "42"})
    early = ForecastDriver(about="trend", logit=0.1, text="x", unknown=young)
    group = ForecastDriver(about="trend", logit=0.2, text="x", together=True)
    model = ModelRef(version="m1", base=0.1, drivers=(unknown, early, group))
    for told in (in_language(model, "ja"), in_language(replace(snapshot(31.0), model=model), "ja").model):
        assert [one.text for one in told.drivers] == [
            "更新待ちの契約がありません",
            "最初の利用から42日経っていません",
            "1年間の利用の推移（総合）",
        ]
