from radar_vocabulary.pictures.shares import BOTTOM, LEFT, RIGHT, TOP, Dot, Labels, Line, Panel, draw, place

LABELS = Labels(across="reviewed", up="found", diagonal="at random", summary="Who is found.")


def line(**fields: object) -> Line:
    return Line(
        **{"kind": "model", "title": "Model", "colour": "#123456", "width": 2, "points": [], **fields}  # type: ignore[arg-type]
    )


def test_nothing_lies_at_the_lower_left_and_everything_at_the_upper_right() -> None:
    assert place(0, 0) == (LEFT, BOTTOM)
    assert place(1, 1) == (RIGHT, TOP)


def test_a_line_goes_through_its_shares_and_a_dot_says_what_it_means() -> None:
    dots = [Dot(x=0.5, y=0.4, radius=3.5, text="many")]
    svg = draw([Panel(heading="Now", lines=[line(points=[(0.1, 0.2), (0.5, 0.4)], dots=dots)])], LABELS)
    (x, y), (last_x, last_y) = place(0.1, 0.2), place(0.5, 0.4)
    assert f'd="M{x} {y} L{last_x} {last_y}"><title>Model</title>' in svg
    assert f'cx="{last_x}" cy="{last_y}" r="3.5"><title>many</title>' in svg


def test_axes_are_named_and_ticked_from_nothing_to_all() -> None:
    svg = draw([Panel(heading="Now", lines=[])], LABELS)
    for text in ("reviewed", "found", "at random", "Now"):
        assert svg.count(f">{text}</text>") == 1
    for tick in ("0%", "25%", "50%", "75%", "100%"):
        assert svg.count(f">{tick}</text>") == 2
    assert 'aria-label="Who is found."' in svg


def test_panels_stand_side_by_side_over_one_legend() -> None:
    panels = [Panel(heading=name, lines=[line()]) for name in ("90 days", "30 days")]
    svg = draw(panels, LABELS)
    assert "translate(0 0)" in svg
    assert "translate(420 0)" in svg
    assert svg.count(">Model</text>") == 1


def test_titles_cannot_bring_markup_with_them() -> None:
    svg = draw([Panel(heading="<b>", lines=[line(title="<script>", points=[(0, 0)])])], LABELS)
    assert "<script" not in svg
    assert "<b>" not in svg
