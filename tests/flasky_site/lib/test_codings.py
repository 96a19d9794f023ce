import gzip

import brotli
import pytest

from flasky_site.lib import codings


class TestAccepted:
    @pytest.mark.parametrize(
        ("header", "names"),
        [
            ("", ()),
            ("gzip, deflate, br, zstd", ("br", "gzip")),
            ("GZIP", ("gzip",)),
            ("br;q=0, gzip;q=0.5", ("gzip",)),
            ("*", ("br", "gzip")),
            ("*;q=0, gzip", ("gzip",)),
            ("br; q=nonsense", ()),
            ("brotli, x-gzip", ()),
        ],
    )
    def test_names_what_a_browser_takes_the_better_first(self, header, names):
        assert codings.accepted(header) == names


class TestCompress:
    @pytest.mark.parametrize(
        ("coding", "read"), [("br", brotli.decompress), ("gzip", gzip.decompress)]
    )
    def test_can_be_read_again(self, coding, read):
        content = b"as it was " * 100

        small = codings.compress(content, coding)

        assert len(small) < 100
        assert read(small) == content

    def test_has_another_length_each_time_when_it_is_padded(self):
        content = b"as it was " * 100

        padded = [codings.compress_padded(content) for _ in range(40)]

        assert len({len(each) for each in padded}) > 1
        assert {gzip.decompress(each) for each in padded} == {content}


class TestTagOf:
    def test_is_another_one_for_each_coding(self):
        tags = {codings.tag_of('"abc"', coding) for coding in ("", "br", "gzip")}

        assert tags == {'"abc"', '"abc-br"', '"abc-gzip"'}

    def test_is_the_same_for_all_when_weak(self):
        assert codings.tag_of('W/"abc"', "br") == 'W/"abc"'


class TestPlainTags:
    def test_are_those_of_the_answer_as_it_is(self):
        assert codings.plain_tags('"a-br", W/"b-gzip", "c"') == '"a", W/"b", "c"'
