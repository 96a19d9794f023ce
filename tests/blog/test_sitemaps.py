from blog import sitemaps
from blog.querysets import BLOCK_SIZE


class TestParts:
    def test_can_never_hold_more_than_the_format_allows(self):
        assert sitemaps.PART_SIZE <= 50_000
        longest = sitemaps.sitemap_xml([("https://" + 300 * "x", None)])
        assert len(longest) * sitemaps.PART_SIZE < 50 * 1024 * 1024

    def test_are_made_of_whole_blocks(self):
        assert sitemaps.PART_SIZE % BLOCK_SIZE == 0


class TestXml:
    def test_escapes_addresses(self):
        assert "?a&amp;b" in sitemaps.sitemap_xml([("https://a.example/?a&b", None)])
        assert "?a&amp;b" in sitemaps.index_xml(["https://a.example/?a&b"])
