"""The command line selects modes and products."""

import contextlib
import io
import unittest

from options import parse, select


def selected(*arguments: str) -> tuple[list[str], list[str]]:
    modes, variants = select(parse(list(arguments)))
    return [mode.name for mode in modes], [variant.name for variant in variants]


class OptionsTest(unittest.TestCase):
    def test_everything_by_default(self) -> None:
        modes, variants = selected()
        self.assertEqual(modes, ["inprocess", "paced", "sync", "gthread"])
        self.assertEqual(len(variants), 8)

    def test_one_mode_and_one_product(self) -> None:
        modes, variants = selected("--mode", "paced", "--only", "tracing")
        self.assertEqual(modes, ["paced"])
        self.assertEqual(variants, ["no middleware", "no middleware, again", "akita, tracing"])

    def test_another_version_of_our_middleware(self) -> None:
        _, variants = selected("--only", "treblle", "--also", "/x/src")
        self.assertEqual(variants[-2:], ["akita, no trace (/x/src)", "akita, tracing (/x/src)"])

    def test_an_unknown_product_is_an_error(self) -> None:
        for unknown in (["sentri"], ["akita", "sentri"], ["no middleware"]):
            with self.subTest(unknown), contextlib.redirect_stderr(io.StringIO()) as stderr:
                with self.assertRaises(SystemExit) as end:
                    parse([argument for text in unknown for argument in ("--only", text)])
                self.assertEqual(end.exception.code, 2)
                self.assertIn(f"--only {unknown[-1]}: no product has this in its name", stderr.getvalue())
                self.assertIn("akita, tracing", stderr.getvalue())


if __name__ == "__main__":
    unittest.main()
