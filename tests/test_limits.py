import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.limits import RateLimit


class Clock:
    """A clock that stands still until a test moves it."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_the_limit_itself_is_allowed_and_one_more_is_told_to_wait(clock: Clock) -> None:
    limit = RateLimit(3, 10.0, clock)

    assert [limit.wait("a") for _ in range(4)] == [0.0, 0.0, 0.0, 10.0]


def test_the_wait_counts_from_the_oldest_message(clock: Clock) -> None:
    limit = RateLimit(2, 10.0, clock)
    limit.wait("a")
    clock.now += 4
    limit.wait("a")
    clock.now += 3

    assert limit.wait("a") == 3.0


def test_one_person_does_not_use_up_the_limit_of_another(clock: Clock) -> None:
    limit = RateLimit(1, 10.0, clock)

    assert [limit.wait("a"), limit.wait("b"), limit.wait("a")] == [0.0, 0.0, 10.0]


def test_a_refused_message_does_not_lengthen_the_wait(clock: Clock) -> None:
    limit = RateLimit(1, 10.0, clock)
    limit.wait("a")
    for _ in range(9):
        clock.now += 1
        assert limit.wait("a") > 0
    clock.now += 1

    assert limit.wait("a") == 0.0


@given(st.integers(1, 4), st.integers(1, 6), st.lists(st.integers(0, 4), max_size=40))
def test_no_window_ever_holds_more_than_the_limit_and_the_wait_told_is_enough(
    count: int, window: int, pauses: list[int]
) -> None:
    clock = Clock()
    limit = RateLimit(count, float(window), clock)
    allowed: list[float] = []
    for pause in pauses:
        clock.now += pause
        wait = limit.wait("a")
        assert 0.0 <= wait <= window
        if wait:
            clock.now += wait
            assert limit.wait("a") == 0.0
        allowed.append(clock.now)

    assert all(sum(end - window < t <= end for t in allowed) <= count for end in allowed)


def test_who_is_long_gone_is_forgotten(clock: Clock) -> None:
    limit = RateLimit(1, 10.0, clock)
    for i in range(10_000):
        limit.wait(f"oud {i}")
    clock.now += 11
    limit.wait("nieuw")

    assert list(limit._events) == ["nieuw"]


def test_a_few_who_are_long_gone_are_forgotten_too(clock: Clock) -> None:
    limit = RateLimit(1, 10.0, clock)
    limit.wait("oud")
    clock.now += 11
    limit.wait("nieuw")

    assert list(limit._events) == ["nieuw"]


def test_forgetting_lets_nobody_in_early(clock: Clock) -> None:
    limit = RateLimit(1, 10.0, clock)
    for i in range(10_000):
        limit.wait(f"oud {i}")
    clock.now += 5
    limit.wait("nieuw")

    assert limit.wait("oud 1") == 5.0


def test_a_limit_of_none_lets_nobody_in(clock: Clock) -> None:
    assert RateLimit(0, 10.0, clock).wait("a") > 0
