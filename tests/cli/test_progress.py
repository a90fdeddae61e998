"""How far long work is, on a terminal and elsewhere."""

import io

import pytest

from partnerwijzer.cli.progress import Progress, duration


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0, "0 s"), (-3, "0 s"), (59.4, "59 s"), (60, "1 min 00 s"), (7800, "2 u 10 min")],
)
def test_duration_reads_as_a_person_says_it(seconds: float, text: str) -> None:
    assert duration(seconds) == text


def line_of(done: int, total: int, elapsed: float, unit: str = "regels", step: str = "") -> str:
    progress = Progress("Lezen", unit, io.StringIO())
    progress(done, total, step)
    return progress.moment_of(done, total, elapsed).line("Lezen")


def test_line_shows_share_amounts_rate_and_time_left() -> None:
    assert line_of(1_500, 6_000, 10) == (
        "Lezen  ▕██████··················▏   25 %  1.500 / 6.000 regels  150/s  nog 30 s"
    )


def test_line_without_known_total_shows_what_was_done() -> None:
    assert line_of(1_500, 0, 10) == "Lezen  1.500 regels  150/s"


def test_line_has_no_rate_before_there_is_one() -> None:
    assert line_of(10, 0, 0.1) == "Lezen  10 regels"


def test_more_done_than_expected_stays_at_the_whole() -> None:
    assert "100 %" in line_of(7_000, 6_000, 10)


def test_bytes_are_shown_as_megabytes() -> None:
    assert line_of(1_250_000, 5_000_000, 5, unit="bytes", step="adressen") == (
        "Lezen: adressen  ▕██████··················▏   25 %  1,2 / 5,0 MB  0,2/s  nog 15 s"
    )


def test_terminal_sees_one_line_that_changes() -> None:
    stream = Terminal()

    with Progress("Lezen", "regels", stream) as progress:
        progress(1, 2)
        progress(2, 2)

    assert stream.getvalue().count("\n") == 1
    assert stream.getvalue().endswith("2 / 2 regels\n")


def test_elsewhere_only_the_end_is_written_when_the_work_is_quick() -> None:
    stream = io.StringIO()

    with Progress("Lezen", "regels", stream) as progress:
        progress(1, 2)
        progress(2, 2)

    assert stream.getvalue().splitlines() == [
        "Lezen  ▕████████████████████████▏  100 %  2 / 2 regels"
    ]


def test_work_that_fails_leaves_the_message_on_a_line_of_its_own() -> None:
    stream = Terminal()

    def work() -> None:
        with Progress("Lezen", "regels", stream) as progress:
            progress(1, 2)
            raise OSError("stuk")

    with pytest.raises(OSError, match="stuk"):
        work()

    assert stream.getvalue().endswith("\n")
