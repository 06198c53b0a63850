from bot.turns import Turns


def test_a_reply_changes_places_with_the_first_that_nobody_asked_for() -> None:
    turns = Turns()
    nudges = [turns.give(at_s, 0.0, is_asked_for=False) for at_s in (1.0, 2.0, 3.0)]
    reply = turns.give(4.0, 0.0, is_asked_for=True)
    assert reply.at_s == 1.0
    assert [nudge.at_s for nudge in nudges] == [4.0, 2.0, 3.0]


def test_replies_keep_their_order_among_themselves() -> None:
    turns = Turns()
    for at_s in (1.0, 2.0):
        turns.give(at_s, 0.0, is_asked_for=False)
    replies = [turns.give(at_s, 0.0, is_asked_for=True) for at_s in (3.0, 4.0, 5.0)]
    assert [reply.at_s for reply in replies] == [1.0, 2.0, 3.0]


def test_nobody_leaves_before_its_chat_may() -> None:
    turns = Turns()
    nudges = [turns.give(at_s, 0.0, is_asked_for=False) for at_s in (1.0, 2.0)]
    assert turns.give(3.0, 1.5, is_asked_for=True).at_s == 2.0
    assert [nudge.at_s for nudge in nudges] == [1.0, 3.0]


def test_what_is_about_to_leave_is_let_go() -> None:
    turns = Turns()
    nudge = turns.give(1.0, 0.0, is_asked_for=False)
    turns.left(nudge)
    assert turns.give(2.0, 0.0, is_asked_for=True).at_s == 2.0
    assert nudge.at_s == 1.0
