"""Figures are the lower decile over the rounds, compared with the base."""

import unittest

import figures
from subjects import Block


def block(us: float) -> Block:
    return Block(ns=[int(us * 1000)] * 4, cpu_ns=int(us * 4000), rss=5_000_000)


class FiguresTest(unittest.TestCase):
    def test_what_a_product_adds(self) -> None:
        rounds = [{figures.BASE: block(10), "ours": block(us)} for us in (12, 12, 12, 13, 40)]

        computed = figures.compute(rounds, [figures.BASE, "ours"])

        self.assertEqual(computed["ours"].p50.value, 12)
        self.assertEqual(computed["ours"].p50.added, 2)
        self.assertAlmostEqual(computed["ours"].cpu.share, 0.2)
        self.assertEqual(computed["ours"].p50.spread, 0)
        self.assertEqual(computed["ours"].p50.rounds, [12, 12, 12, 13, 40])
        self.assertEqual(computed[figures.BASE].p50.added, 0)

    def test_a_table(self) -> None:
        rounds = [{figures.BASE: block(10), "ours": block(12)}] * 2
        computed = figures.compute(rounds, [figures.BASE, "ours"])

        header, base, ours = figures.rows(computed, {"ours": {"calls": "100%"}})

        self.assertEqual(header[-1], "calls")
        self.assertEqual([base[0], base[4], base[-1]], [figures.BASE, "", ""])
        self.assertEqual([ours[1], ours[4], ours[-2], ours[-1]], ["12.0 ±0.0", "+2.0  +20%", "5", "100%"])


if __name__ == "__main__":
    unittest.main()
