from radar.console.charts.shares import HEIGHT, WIDTH, line, place, shares


def test_nothing_lies_at_the_lower_left_and_everything_at_the_upper_right() -> None:
    (left, low), (right, high) = place(0, 0), place(1, 1)
    assert left < right < WIDTH
    assert high < low < HEIGHT


def test_a_line_goes_through_its_shares_and_dots_say_what_they_are() -> None:
    drawn = line("model", "Model", [(0.1, 0.2), (0.5, 0.4)], [(3.0, "few"), (6.0, "many")])
    assert drawn.path.startswith(f"M{place(0.1, 0.2)[0]} {place(0.1, 0.2)[1]}")
    assert [(dot.radius, dot.says) for dot in drawn.points] == [(3.0, "few"), (6.0, "many")]


def test_both_axes_are_ticked_from_nothing_to_all() -> None:
    picture = shares([], across="looked at", up="found", summary="None.")
    assert [tick.text for tick in picture.rows] == ["0%", "25%", "50%", "75%", "100%"]
    assert [tick.text for tick in picture.columns] == ["0%", "25%", "50%", "75%", "100%"]
