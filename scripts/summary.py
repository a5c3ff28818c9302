"""Prints the results of `each.sh`: a table of its parts, and the number of passed tests.

The JUnit reports of a part are PART.xml or PART-*.xml. A part without reports counts as one test.

usage: summary.py REPORTS
"""

import sys
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree


def main(reports: Path) -> None:
    total: Counter[str] = Counter()
    print("\nSummary")
    for line in (reports / "parts.tsv").read_text().splitlines():
        part, result, seconds = line.split("\t")
        tests = count_tests(reports, part)
        if not tests or (result == "failed" and not tests["failed"]):
            tests[result] += 1
        total += tests
        print(f"  {part:<12}{result:<8}{int(seconds):>5} s  {describe(tests)}")
    print(describe(total))


def count_tests(reports: Path, part: str) -> Counter[str]:
    """Counts a part's test cases by outcome."""
    files = [*reports.glob(f"{part}.xml"), *reports.glob(f"{part}-*.xml")]
    return Counter(outcome(case) for file in files for case in ElementTree.parse(file).iter("testcase"))


def outcome(case: ElementTree.Element) -> str:
    if case.find("failure") is not None or case.find("error") is not None:
        return "failed"
    return "skipped" if case.find("skipped") is not None else "passed"


def describe(tests: Counter[str]) -> str:
    skipped = f", {tests['skipped']} skipped" if tests["skipped"] else ""
    return f"{tests['passed']} passed, {tests['failed']} failed{skipped}"


if __name__ == "__main__":
    main(Path(sys.argv[1]))
