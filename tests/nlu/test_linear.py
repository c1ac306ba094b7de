import numpy as np
import pytest

from bot.nlu.linear import OUT_OF_SCOPE, LinearModel, rank, written_down
from bot.nlu.ngrams import Ngrams
from bot.nlu.tiers import Tier, choose_thresholds

PAY = ["hoeveel verdien je", "wat is het loon", "hoeveel geld krijg ik", "loon per maand"]
HOLIDAY = ["heb ik vakantie", "hoeveel vrije dagen", "is er schoolvakantie", "verlof in de zomer"]
OTHER = ["hoe wordt het weer", "wie wint de match", "een mop graag", "wat kost een auto"]
TEXTS = [f"{text} {extra}".strip() for extra in ("", "aub", "in duaal", "voor mij", "zeg")
         for text in (*PAY, *HOLIDAY, *OTHER)]
LABELS = ["geld/loon"] * 4 + ["werkdag/vakantie"] * 4 + [OUT_OF_SCOPE] * 4
LABELS *= 5


@pytest.fixture(scope="module")
def trained() -> tuple[Ngrams, LinearModel]:
    ngrams = Ngrams()
    return ngrams, LinearModel().fit(ngrams.learn(TEXTS), LABELS)


def test_the_best_label_comes_first_and_out_of_scope_is_never_ranked(
    trained: tuple[Ngrams, LinearModel],
) -> None:
    ranked = rank(*trained, "hoeveel loon verdien ik")

    assert ranked.labels[0] == "geld/loon"
    assert OUT_OF_SCOPE not in ranked.labels
    assert ranked.margin > 0


def test_the_same_examples_give_the_same_model(trained: tuple[Ngrams, LinearModel]) -> None:
    ngrams = Ngrams()
    again = LinearModel().fit(ngrams.learn(TEXTS), LABELS)

    left, right = trained[1].weights, again.weights
    assert (left != right).nnz == 0
    assert np.array_equal(trained[1].bias, again.bias)


def test_examples_under_two_labels_are_not_written_down() -> None:
    known = written_down(["Hallo daar", "loon?", "loon?"], ["groeten", "geld/loon", "wat/x"])

    assert list(known.values()) == ["groeten"]


def test_held_out_limits_answer_what_is_sure_and_refuse_what_is_outside(
    trained: tuple[Ngrams, LinearModel],
) -> None:
    ngrams, model = trained
    thresholds, report = choose_thresholds(ngrams.rows(TEXTS), LABELS)

    assert thresholds.decide(rank(ngrams, model, "wat is het loon dan"))[1] is Tier.SURE
    assert thresholds.decide(rank(ngrams, model, "wie wint de match zondag"))[1] is Tier.NO
    assert report.out_of_scope_answered <= 0.03


def test_rows_made_by_hand_are_those_of_scikit_learn() -> None:
    ngrams = Ngrams()
    learned = ngrams.learn(TEXTS)

    assert abs(ngrams.rows(TEXTS) - learned).max() < 1e-6
    assert ngrams.rows(["xyzxyz"]).nnz == 0


def test_one_text_scores_as_it_does_among_many(trained: tuple[Ngrams, LinearModel]) -> None:
    ngrams, model = trained
    texts = ["hoeveel loon verdien ik", "🍕", "vakantie"]

    scores, inside = model.scores(ngrams.rows(texts))

    for i, text in enumerate(texts):
        alone, alone_inside = model.score(ngrams.row(text))
        assert alone == pytest.approx(scores[i], abs=1e-5)
        assert alone_inside == pytest.approx(inside[i], abs=1e-5)
