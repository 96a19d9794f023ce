from datetime import timedelta

import pytest
from django.utils import timezone

from flasky_site.lib.moments import age_of, moment, relative


class TestRelative:
    @pytest.mark.parametrize(
        ("age", "text"),
        [
            (timedelta(seconds=5), "just now"),
            (-timedelta(minutes=5), "just now"),
            (timedelta(minutes=3), "3\xa0minutes ago"),
            (timedelta(hours=5, minutes=40), "5\xa0hours ago"),
            (timedelta(days=20), "2\xa0weeks ago"),
        ],
    )
    def test_says_how_long_ago_it_was(self, age, text):
        at = timezone.now() - age

        assert relative(at, age_of(at)) == text

    def test_gives_the_date_of_what_is_old(self):
        long_ago = timezone.now().replace(year=2020, month=3, day=9)

        assert relative(long_ago, age_of(long_ago)) == "March 9, 2020"


class TestMoment:
    def test_is_a_time_element_that_machines_can_read(self):
        at = timezone.now().replace(
            year=2020, month=3, day=9, hour=8, minute=5, second=1, microsecond=0
        )

        assert moment(at) == (
            '<time datetime="2020-03-09T08:05:01+00:00" '
            'title="March 9, 2020, 8:05 a.m. UTC">March 9, 2020</time>'
        )
