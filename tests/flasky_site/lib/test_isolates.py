from flasky_site.lib.isolates import isolated


class TestIsolated:
    def test_puts_a_name_between_marks_that_keep_its_direction_inside(self):
        assert isolated("\u05d0\u05d1") == "\u2068\u05d0\u05d1\u2069"
