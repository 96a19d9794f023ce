from datetime import date, timedelta

from flasky_site.lib.charts import HEIGHT, DayChart


def chart(*counts):
    days = [date(2030, 1, 1) + timedelta(days=number) for number in range(len(counts))]
    return DayChart("posts", "Posts", days, counts)


class TestDayChart:
    def test_fills_the_height_with_the_busiest_day(self):
        drawn = chart(5, 10)

        assert [bar.height for bar in drawn.bars] == [HEIGHT / 2, HEIGHT]
        assert [bar.y for bar in drawn.bars] == [HEIGHT / 2, 0]

    def test_keeps_one_of_many_to_be_seen_and_nothing_of_none(self):
        drawn = chart(0, 1, 1_000_000)

        assert [bar.height for bar in drawn.bars] == [0, 1, HEIGHT]

    def test_draws_days_on_which_nothing_was(self):
        drawn = chart(0, 0)

        assert (drawn.total, drawn.most) == (0, 0)
        assert [bar.height for bar in drawn.bars] == [0, 0]
        assert drawn.bars[-1].x + drawn.bars[-1].width <= drawn.width
