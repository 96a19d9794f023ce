from blog.templatetags.excerpts import first_line, plain_text


class TestPlainText:
    def test_leaves_the_words_without_tags_and_entities(self):
        html = "<p>Fish &amp; <em>chips</em></p><ul><li>one</li><li>two</li></ul>"

        assert plain_text(html) == "Fish & chips one two"

    def test_does_not_bring_back_tags_that_were_written_as_text(self):
        assert plain_text("<p>&lt;b&gt;</p>") == "<b>"


class TestFirstLine:
    def test_takes_the_first_block_that_has_words(self):
        html = "<p> </p><h1>A title</h1><p>And more</p>"

        assert first_line(html) == "A title"

    def test_cuts_what_is_long(self):
        assert first_line("<p>abcdefghij</p>", 5) == "abcd…"

    def test_passes_by_a_block_of_invisible_characters(self):
        assert first_line("<p>\u200b</p><p>One</p>") == "One"

    def test_is_empty_without_words(self):
        assert first_line("<hr>") == ""
