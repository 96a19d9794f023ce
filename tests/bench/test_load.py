import pytest

from bench import load

OUTPUT = """\
Running 10s test @ http://127.0.0.1:40123/
  1 threads and 8 connections
  Thread Stats   Avg      Stdev     Max   +/- Stdev
    Latency    15.83ms    3.02ms  51.23ms   88.00%
    Req/Sec   507.00     32.11   560.00     71.00%
  Latency Distribution
     50%   15.12ms
     75%   16.70ms
     90%  998.00us
     99%    1.20s{blank}
  5050 requests in 10.01s, 154.11MB read
Requests/sec:    504.50
Transfer/sec:     15.40MB
""".format(blank=" ")
FAILURES = """\
  5050 requests in 10.01s, 154.11MB read
  Socket errors: connect 0, read 2, write 0, timeout 3
  Non-2xx or 3xx responses: 7
Requests/sec:    504.50
"""
NOTHING = "  0 requests in 1.15s, 0.00B read\nRequests/sec:      0.00\n"


class TestParse:
    def test_reads_how_many_how_fast_and_how_long(self):
        seen = load.parse(OUTPUT)

        assert (seen.requests, seen.seconds, seen.per_second) == (5050, 10.01, 504.5)
        assert (seen.p50_ms, seen.p99_ms) == (15.12, 1200)
        assert seen.bytes_each == pytest.approx(32_000, rel=0.01)
        assert seen.failed == 0

    def test_counts_what_was_no_page_or_never_came(self):
        assert load.parse(FAILURES).failed == 12

    def test_reads_that_nothing_was_answered(self):
        assert load.parse(NOTHING).bytes_each == 0

    def test_refuses_what_is_not_from_wrk(self):
        with pytest.raises(ValueError, match="unable to connect"):
            load.parse("unable to connect to 127.0.0.1:1 Connection refused")


class TestIsRight:
    def test_is_so_when_all_answers_were_as_long_as_the_page(self):
        assert load.is_right(load.parse(OUTPUT), 32_000)

    @pytest.mark.parametrize(
        ("output", "expected"), [(OUTPUT, 40_000), (FAILURES, 32_000), (NOTHING, 0)]
    )
    def test_is_not_so_when_some_were_others_or_none_came(self, output, expected):
        assert not load.is_right(load.parse(output), expected)
