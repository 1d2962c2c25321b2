"""A trail leads back to where one came from, whatever was done."""

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from hubtui.tui.session import KEPT, PAUSE, Trail

QUERIES = st.sampled_from(["", "a", "ab", "abc", "b", "哈尔滨", "city:Harbin"])


class Walk(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.now = 0.0
        self.trail = Trail(lambda: self.now)

    @rule(query=QUERIES)
    def visit(self, query: str) -> None:
        before = self.trail.present
        self.trail.visit(query)
        assert self.trail.present == query
        if query != before:
            assert self.trail.is_newest
            assert self.trail.back()
            assert self.trail.present == before
            assert self.trail.forward()
            assert self.trail.present == query

    @rule(query=QUERIES, seconds=st.sampled_from([0.0, PAUSE + 1]))
    def type(self, query: str, seconds: float) -> None:
        self.now += seconds
        self.trail.type(query)
        assert self.trail.present == query

    @rule()
    def back_and_forward(self) -> None:
        before = self.trail.present
        if self.trail.back():
            assert self.trail.forward()
        assert self.trail.present == before

    @rule()
    def back(self) -> None:
        self.trail.back()

    @rule(older=st.lists(QUERIES, max_size=4))
    def begin_after(self, older: list[str]) -> None:
        before, fresh = self.trail.present, self.trail.fresh()
        self.trail.begin_after(older)
        assert (self.trail.present, self.trail.fresh()) == (before, fresh)

    @invariant()
    def fresh_is_bounded_and_each_once(self) -> None:
        fresh = self.trail.fresh()
        assert len(fresh) == len(set(fresh)) <= KEPT
        assert "" not in fresh


TestWalk = Walk.TestCase
