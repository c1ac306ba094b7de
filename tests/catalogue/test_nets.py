import pytest

from bot.catalogue.nets import NETS, belongs
from tests.answers.values import school


def nets_of(name: str, net: str) -> set[str]:
    return {one for one in NETS if belongs(school(1, name=name, net=net), one)}


@pytest.mark.parametrize(("spelling", "net"), [
    ("GO!", "GO!"), ("Gemeenschapsonderwijs", "GO!"),
    ("Vrij gesubsidieerd", "vrij"), ("Vrij gesubsidieerd onderwijs", "vrij"), ("VRIJ", "vrij"),
    ("Officieel gesubsidieerd", "officieel"), ("Officieel gesubsidieerd onderwijs", "officieel"),
    ("Gemeentelijk", "officieel"), ("Stedelijk onderwijs", "officieel"),
    ("Provinciaal onderwijs", "officieel"),
])
def test_every_spelling_of_the_sources_is_one_net(spelling: str, net: str) -> None:
    assert nets_of("Technisch Instituut", spelling) == {net}


@pytest.mark.parametrize(("name", "kind"), [
    ("Syntra Midden-Vlaanderen", "syntra"), ("CDO Noorderkempen", "cdo"),
    ("Centrum Leren en Werken Kortrijk", "cdo"),
    ("Centrum voor Leren en Werken Antwerpen", "cdo"),
    ("Centrum voor Deeltijds Onderwijs", "cdo"),
])
def test_syntra_and_centres_are_known_by_name_beside_their_net(name: str, kind: str) -> None:
    assert nets_of(name, "Vrij gesubsidieerd") == {"vrij", kind}
    assert nets_of(name, "") == {kind}


def test_other_centres_are_no_cdo() -> None:
    assert nets_of("Centrum voor deeltijdse vorming Groep", "Andere") == set()
    assert nets_of("Centrum voor Levende Talen", "Vrij gesubsidieerd") == {"vrij"}


def test_the_name_tells_the_go_only_when_the_source_has_no_net() -> None:
    assert nets_of("GO! atheneum", "") == {"GO!"}
    assert nets_of("TechniGO! campus", "") == {"GO!"}
    assert nets_of("GO! atheneum", "Vrij gesubsidieerd") == {"vrij"}


def test_a_net_that_does_not_exist_is_refused() -> None:
    with pytest.raises(KeyError):
        belongs(school(1), "privé")
