"""The summary counts the tests of each part."""

import contextlib
import io
import tempfile
import unittest
from pathlib import Path

import summary

REPORT = """<testsuites><testsuite>
<testcase name="a"/><testcase name="b"/><testcase name="c"><skipped/></testcase>
<testcase name="d"><failure/></testcase><testcase name="e"><error/></testcase>
</testsuite></testsuites>"""


def printed(parts: str, reports: dict[str, str]) -> list[str]:
    with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stdout(io.StringIO()) as output:
        Path(folder, "parts.tsv").write_text(parts)
        for name, text in reports.items():
            Path(folder, name).write_text(text)
        summary.main(Path(folder))
    return output.getvalue().splitlines()


class SummaryTest(unittest.TestCase):
    def test_reports_are_counted(self) -> None:
        lines = printed("go\tfailed\t12\n", {"go.xml": REPORT, "go-more.xml": REPORT, "other.xml": REPORT})
        self.assertEqual(
            lines[-2].split(), ["go", "failed", "12", "s", "4", "passed,", "4", "failed,", "2", "skipped"]
        )

    def test_a_part_without_reports_counts_as_one_test(self) -> None:
        lines = printed("bash\tpassed\t1\ne2e\tfailed\t2\n", {})
        self.assertEqual(lines[-1], "1 passed, 1 failed")

    def test_a_failed_part_whose_tests_passed_is_a_failure(self) -> None:
        passed = "<testsuite><testcase name='a'/></testsuite>"
        self.assertEqual(printed("go\tfailed\t1\n", {"go.xml": passed})[-1], "1 passed, 1 failed")


if __name__ == "__main__":
    unittest.main()
