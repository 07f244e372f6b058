"""A part of make test: what a reader depends on who cannot see the site, or sees it on a phone or in the dark. site_test.py FOLDER"""
import re
import sys
import unittest
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag

SITE = Path(sys.argv.pop() if len(sys.argv) > 1 else "target/site")
MOST_BYTES = 2_500_000     # of a page with all that it shows: a phone loads one at a time
LEAST_CONTRAST = 4.5      # WCAG 2.2, level AA, for text


class Reader(HTMLParser):
    """What a page says about itself."""

    def __init__(self, page):
        super().__init__()
        self.pictures, self.headings, self.links, self.fetched, self.ids = [], [], [], [], set()
        self.styles = ""
        self.in_style = False
        self.feed(page.read_text(encoding="utf-8"))

    def handle_starttag(self, tag, attributes):
        has = dict(attributes)
        self.ids.add(unquote(has.get("id") or ""))
        self.in_style = tag == "style"
        self.styles += has.get("style") or ""
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag == "img" or tag == "svg" and has.get("aria-hidden") != "true":
            self.pictures.append(has)
        if tag == "a":
            self.links.append(has.get("href", ""))
        self.fetched += [has[name] for name in ("src", "srcset", "poster", "data") if name in has]
        if tag == "link":
            self.fetched.append(has["href"])

    def handle_data(self, data):
        if self.in_style:
            self.styles += data


def setUpModule():
    global read
    read = {page: Reader(page) for page in sorted(SITE.rglob("*.html"))}


def addresses(style):
    return re.findall(r"url\(['\"]?([^'\")]*)", style) + re.findall(r"@import[^;]*", style)


def from_elsewhere(asked):
    return [address for address in asked if re.match(r"(?!data:)\w+:|//|@", address)]


class EveryPage(unittest.TestCase):
    def test_no_two_pictures_of_a_page_have_the_same_description(self):
        for page, reader in read.items():
            described = [has["alt"] for has in reader.pictures if has.get("alt")]
            with self.subTest(page=page.name):
                self.assertEqual([], sorted({words for words in described if described.count(words) > 1}))

    def test_every_picture_is_described(self):
        for page, reader in read.items():
            with self.subTest(page=page.name):
                decorated = page.name == "index.html"      # beside the notebook's name, inside its link
                for picture in reader.pictures:
                    self.assertTrue(picture.get("alt") or picture.get("aria-label") or decorated and picture.get("alt") == "", picture)

    def test_headings_begin_with_the_only_first_and_skip_no_level(self):
        for page, reader in read.items():
            with self.subTest(page=page.name):
                self.assertEqual([1], [level for level in reader.headings if level == 1])
                self.assertEqual(1, reader.headings[0])
                for before, level in zip(reader.headings, reader.headings[1:]):
                    self.assertLessEqual(level, before + 1)

    def test_nothing_is_fetched_from_elsewhere(self):
        for page, reader in read.items():
            with self.subTest(page=page.name):
                self.assertEqual([], from_elsewhere(reader.fetched + addresses(reader.styles)))
        self.assertEqual([], from_elsewhere(addresses((SITE / "style.css").read_text(encoding="utf-8"))))

    def test_every_link_within_the_site_leads_somewhere(self):
        for page, reader in read.items():
            with self.subTest(page=page.name):
                for address in reader.links + reader.fetched:
                    if re.match(r"\w+:", address):
                        continue
                    path, place = urldefrag(address)
                    target = (page.parent / unquote(path)).resolve() if path else page
                    self.assertTrue(target.is_file(), address)
                    if place:
                        self.assertIn(unquote(place), read[target].ids, address)

    def test_every_page_is_small_enough_for_a_phone(self):
        for page, reader in read.items():
            shown = {(page.parent / unquote(address)).resolve() for address in reader.fetched if not re.match(r"\w+:", address)}
            with self.subTest(page=page.name):
                self.assertLess(sum(file.stat().st_size for file in {page.resolve(), *shown}), MOST_BYTES)


class TheSite(unittest.TestCase):
    def test_notebooks_are_chained_and_the_index_leads_to_each(self):
        chapters = sorted(SITE.glob("[0-9][0-9]-*.html"))
        self.assertTrue(chapters)
        for before, after in zip(chapters, chapters[1:]):
            self.assertIn(after.name, read[before].links)
            self.assertIn(before.name, read[after].links)
        for chapter in chapters:
            self.assertIn(chapter.name, read[SITE / "index.html"].links)
            self.assertIn("index.html", read[chapter].links)


class Colours(unittest.TestCase):
    """Of the pages' own style: whatever is written on paper or on the soft grey of code."""

    def schemes(self):
        style = (SITE / "style.css").read_text(encoding="utf-8")
        dark = re.findall(r"@media \(prefers-color-scheme: dark\) \{\n(.*?)\n\}", style, re.DOTALL)
        light = re.sub(r"@media \(prefers-color-scheme: dark\) \{\n.*?\n\}", "", style, flags=re.DOTALL)
        return {"light": light, "dark": "\n".join(dark)}

    def test_text_stands_out_in_both_schemes(self):
        for scheme, style in self.schemes().items():
            named = dict(re.findall(r"--(\w+): (#\w{6})", style))
            for colour in (named["ink"], named["link"]):
                for ground in (named["paper"], named["soft"]):
                    self.assertGreaterEqual(contrast(colour, ground), LEAST_CONTRAST, f"{scheme}: {colour} on {ground}")
            for token, colour in re.findall(r"\.highlight \.(?!w )(\w+) \{[^}]*?(?<![\w-])color: (#\w{3,6})", style):
                self.assertGreaterEqual(contrast(colour, named["soft"]), LEAST_CONTRAST, f"{scheme}: .{token} in {colour} on {named['soft']}")


def contrast(one, other):
    """WCAG 2.2's contrast ratio, 1 … 21."""
    darker, lighter = sorted(map(luminance, (one, other)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour):
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    parts = [int(digits[at:at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear))


if __name__ == "__main__":
    unittest.main()
