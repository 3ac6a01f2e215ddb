"""The site as a reader opens it: from a disk and from a server, in a real browser.

Skipped where there is no Chromium; content security is switched off for the hostile run, so that
what is tested is the escaping alone, and a control page shows that the vectors do fire.
"""

import random
import shutil
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from markupsafe import escape

from yigai import publish

playwright_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine: browser tests are skipped")
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
]  # fmt: skip
VECTORS = Path(__file__).with_name("vectors.txt").read_text("utf-8").splitlines()
#: Records what would run: alert replaced before any page script.
LISTEN = "window.fired = []; window.alert = (...words) => window.fired.push(words); window.print = window.alert;"


@pytest.fixture(scope="module")
def browser():
    with playwright_api.sync_playwright() as play:
        opened = play.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def server(site):
    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *words):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(site))) as running:
        thread = threading.Thread(target=running.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()
        thread.join()


@pytest.fixture
def watched(browser):
    """A page that keeps its console errors and its requests."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.problems, page.asked = [], []
    page.on("console", lambda message: page.problems.append(message.text) if message.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: page.problems.append(str(error)))
    page.on("request", lambda request: page.asked.append(request.url))
    yield page
    context.close()


@pytest.fixture(params=["from a disk", "from a server"])
def base(request, site):
    return site.as_uri() if request.param == "from a disk" else request.getfixturevalue("server")


def leading(site):
    """One page of each kind, and the ones with most script and text in both editions."""
    kinds = ("index", "cases/index", "regions/index", "regions/hunan", "dimensions/index", "dimensions/ORG", "numbers/index",
             "topics", "terms", "notebooks/index", "notebooks/01_clean", "methodology/index", "data", "search", "changes")  # fmt: skip
    cases = sorted(path.relative_to(site).with_suffix("") for folder in ("cases", "evidence") for path in (site / folder).glob("*.html"))
    again = ("zh/index", "zh/cases/000", "zh/evidence/000", "zh/notebooks/01_clean", "zh/search")
    return [site / f"{name}.html" for name in (*kinds, *cases, *again) if name]


def test_pages_open_without_error_or_foreign_request(watched, base, site):
    for path in leading(site):
        watched.goto(f"{base}/{path.relative_to(site)}")
    assert watched.problems == []
    assert [url for url in watched.asked if not url.startswith((base, "data:", "file:"))] == []


def test_a_reader_goes_from_the_matrix_to_the_raw_page(watched, base):
    watched.goto(f"{base}/index.html")
    watched.click("a[href='cases/003.html#d-PAY']")
    watched.click("section[aria-labelledby='d-PAY'] .quote a")
    watched.wait_for_selector(".clean .s:target")
    watched.wait_for_selector(".raw .twin")
    watched.click(".clean :target a.no")
    watched.wait_for_selector(".raw .s:target")


@pytest.mark.parametrize("word", ["医共体", "打包付费", "打包 医共体"])
def test_search_finds_compounds(watched, base, word):
    watched.goto(f"{base}/index.html")
    watched.fill("header input[name=q]", word)
    watched.press("header input[name=q]", "Enter")
    watched.wait_for_selector("#results a")
    assert word.split()[0] in watched.inner_text("#results li >> nth=0")
    watched.click("#results a >> nth=0")
    watched.wait_for_selector(".s:target")
    assert watched.problems == []


def test_search_says_when_nothing_is_found(watched, base):
    watched.goto(f"{base}/zh/search.html?q=%E6%B2%A1%E6%9C%89%E6%AD%A4%E8%AF%8D")
    watched.wait_for_function("document.getElementById('found').textContent.includes('没有句子')")


def test_links_of_a_random_sample_of_cells_resolve(watched, base, site):
    links = []
    for path in ("numbers/index.html", "terms.html", "topics.html", "cases/000.html", "dimensions/ORG.html"):
        watched.goto(f"{base}/{path}")
        links += watched.eval_on_selector_all("a[href*='#s-'], a[href*='#p-']", "all => all.map(one => one.href)")
    for link in random.Random(0).sample(links, min(12, len(links))):
        watched.goto(link)
        assert watched.evaluate("document.querySelector(':target') !== null"), link


def test_language_and_theme_switch(watched, base):
    watched.goto(f"{base}/evidence/000.html#s-2-2")
    watched.click("a.lang")
    watched.wait_for_url("**/zh/**")
    assert watched.evaluate("document.documentElement.lang") == "zh-Hans"
    assert watched.url.endswith("zh/evidence/000.html#s-2-2")
    watched.click("button.theme")
    assert watched.evaluate("document.documentElement.dataset.theme") == "dark"
    watched.reload()
    assert watched.evaluate("document.documentElement.dataset.theme") == "dark"


def test_everything_but_the_search_works_without_javascript(browser, base):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{base}/index.html")
    page.click("a[href='cases/003.html#d-PAY']")
    page.click("section[aria-labelledby='d-PAY'] .quote a")
    page.wait_for_selector(".s:target")
    page.goto(f"{base}/search.html")
    assert "needs JavaScript" in page.inner_text("#found")
    context.close()


def test_no_page_is_wider_than_the_window(browser, site):
    context = browser.new_context()
    page = context.new_page()
    wide = []
    for path in leading(site):
        page.goto(path.as_uri())
        for width in (390, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            wide += [(path.name, width)] if page.evaluate("document.documentElement.scrollWidth") > width else []
    context.close()
    assert wide == []


def test_chinese_is_drawn_with_the_shipped_font(watched, base, site):
    if not (site / "assets/yigai-sans.woff2").is_file():
        pytest.skip("the package ships no web font yet")
    watched.goto(f"{base}/zh/index.html")
    assert watched.evaluate("document.fonts.ready.then(() => document.fonts.check('16px \"Yigai Sans\"', '医'))")


def test_keyboard_reaches_content_and_quotes(watched, base):
    watched.goto(f"{base}/cases/003.html")
    watched.keyboard.press("Tab")
    assert watched.evaluate("document.activeElement.className") == "skip"
    watched.keyboard.press("Enter")
    seen = []
    for _ in range(30):
        watched.keyboard.press("Tab")
        seen.append(watched.evaluate("document.activeElement.getAttribute('href') || ''"))
    assert any("#s-" in link for link in seen)


def test_a_figure_is_text_of_the_page_in_its_font(watched, base, site):
    watched.goto(f"{base}/zh/notebooks/01_clean.html")
    label = watched.locator(".drawing svg text", has_text="未检出").first
    assert watched.evaluate("getSelection().selectAllChildren(document.querySelector('.drawing svg text')), getSelection().toString().length") > 0
    assert "Yigai Sans" in label.evaluate("node => getComputedStyle(node).fontFamily")
    assert label.evaluate("node => parseFloat(getComputedStyle(node).fontSize)") == 9
    box = label.evaluate("node => node.getBoundingClientRect().left - node.closest('svg').getBoundingClientRect().left")
    assert box >= -1, "a label stands inside its drawing"


def test_a_figure_and_a_table_stay_readable_on_a_phone(browser, site):
    context = browser.new_context(viewport={"width": 390, "height": 800})
    page = context.new_page()
    page.goto((site / "notebooks/01_clean.html").as_uri())
    assert page.evaluate("document.querySelector('.drawing:not(.small) svg').getBoundingClientRect().width") >= 600
    page.goto((site / "index.html").as_uri())
    cell = page.locator(".gate td.words").first
    assert cell.bounding_box()["width"] > 300 and cell.bounding_box()["x"] + cell.bounding_box()["width"] <= 390
    assert cell.evaluate("node => getComputedStyle(node, '::before').content") == '"Detail"'
    context.close()


def test_a_page_on_paper_has_no_navigation_and_names_its_sentences(watched, site):
    watched.goto((site / "cases/003.html").as_uri())
    watched.emulate_media(media="print", color_scheme="dark")
    assert not watched.is_visible("header nav") and not watched.is_visible("button.theme") and watched.is_visible(".on-paper")
    said = watched.evaluate("getComputedStyle(document.querySelector('.quote a'), '::after').content")
    assert "003" in said and "2.2" in said
    assert watched.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert watched.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
    assert len(watched.pdf(format="A4")) > 5000


def test_quotes_say_their_language(watched, base):
    watched.goto(f"{base}/cases/003.html")
    assert watched.evaluate("[...document.querySelectorAll('.quote p')].filter(p => /[\\u4e00-\\u9fff]{6}/.test(p.textContent) && !p.closest('[lang=zh-Hans]') && !p.classList.contains('how')).length") == 0


def hostile_pages():
    text = "\n".join(f"推进医共体打包付费{vector}。" for vector in VECTORS)
    named = [vector.replace("/", "").replace("\0", "")[:80] for vector in VECTORS[12:18]]
    pages = {"000": ((f"恶意{VECTORS[0]}\n{text}", f"恶意{VECTORS[0]}\n{text}", ""), (VECTORS[12], VECTORS[14], VECTORS[19]))}
    return pages | {name: ((f"第{number}页\n医共体{VECTORS[number]}", f"第{number}页\n医共体{VECTORS[number]}", ""),) for number, name in enumerate(named)}


def poisoned(tables):
    """Every text cell of every table with a vector in it, but for names that join tables and controlled counts."""
    kept = {"doc", "sha256", "kind", "text", "before", "after"}
    number = 0
    for name, table in tables.items():
        columns = {}
        for column in table:
            if column in kept or not all(isinstance(value, str) for value in table[column]):
                continue
            columns[column] = [f"{value}{VECTORS[(number + at) % len(VECTORS)]}" for at, value in enumerate(table[column])]
            number += 1
        tables[name] = table.assign(**columns)
    return tables


def drawing_of(vector):
    """A drawing whose title, label, caption and attributes are the vector."""
    word = str(escape("".join(sign for sign in vector if sign >= " ")))
    caption = f'<g class="caption" data-en="{word}" data-zh="{word}"><text y="80">x</text></g>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 99 99"><title>{word}</title><g id="{word}" style="fill: {word}"><text x="{word}">{word}</text></g>{caption}</svg>'


@pytest.fixture(scope="module")
def hostile(runs, tmp_path_factory):
    outputs = [
        {"output_type": "display_data", "data": {mime: vector}}
        for vector in VECTORS
        for mime in ("text/html", "text/markdown", "image/svg+xml")
    ]
    outputs += [{"output_type": "display_data", "data": {"image/svg+xml": f'<svg xmlns="http://www.w3.org/2000/svg">{vector}</svg>'}} for vector in VECTORS]
    outputs += [{"output_type": "display_data", "data": {"image/svg+xml": drawing_of(vector)}} for vector in VECTORS]
    outputs.append({"output_type": "stream", "name": "stdout", "text": "\n".join(VECTORS)})
    outputs.append({"output_type": "display_data", "data": {"application/javascript": "alert(1)", "text/plain": VECTORS[0]}})
    cells = [{"cell_type": "markdown", "metadata": {}, "source": vector} for vector in VECTORS]
    out = runs(tmp_path_factory.mktemp("hostile"), hostile_pages(), titles={"000": f"题{VECTORS[10]}"}, outputs=outputs, cells=cells, change=poisoned)
    return publish.site(out)


def fired(page, url):
    page.goto(url, wait_until="load")
    page.wait_for_timeout(30)
    return page.evaluate("window.fired")


def test_control_vectors_do_fire_where_nothing_is_escaped(browser, tmp_path):
    context = browser.new_context(bypass_csp=True)
    context.add_init_script(LISTEN)
    page = context.new_page()
    count = 0
    for number, vector in enumerate(VECTORS):
        path = tmp_path / f"{number}.html"
        path.write_text(f"<!doctype html><meta charset=utf-8><title>x</title><div>{vector}</div>", "utf-8")
        page.goto(path.as_uri())
        page.wait_for_timeout(20)
        count += bool(page.evaluate("window.fired.length"))
    context.close()
    assert count >= 25


def test_no_vector_runs_even_without_content_security_policy(browser, hostile):
    context = browser.new_context(bypass_csp=True)
    context.add_init_script(LISTEN)
    page = context.new_page()
    dialogs, asked = [], []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    page.on("request", lambda request: asked.append(request.url))
    for path in leading(hostile):
        assert fired(page, path.as_uri()) == [], path
        acting = page.evaluate(
            "[...document.querySelectorAll('*')].filter(e => e.getAttributeNames().some(n => n.startsWith('on') || n === 'style')"
            " || /^(javascript|data|vbscript):/i.test(e.href || '')).length"
        )
        assert acting == 0, path
    page.goto(f"{hostile.as_uri()}/search.html?q=%E5%8C%BB%E5%85%B1%E4%BD%93")
    page.wait_for_selector("#results a")
    assert page.evaluate("window.fired") == []
    page.goto(f"{hostile.as_uri()}/search.html?q=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E")
    page.wait_for_timeout(100)
    assert page.evaluate("window.fired") == []
    for drawing in sorted((hostile / "assets/figures").glob("*.svg")):
        assert fired(page, drawing.as_uri()) == [], drawing
    context.close()
    assert dialogs == [] and [url for url in asked if not url.startswith("file:")] == []


def test_the_policy_stops_what_the_control_lets_run(browser, tmp_path, site):
    policy = (site / "index.html").read_text("utf-8").split("<meta name=\"referrer\"")[0]
    context = browser.new_context()
    context.add_init_script(LISTEN)
    page = context.new_page()
    for number, vector in enumerate(VECTORS[:20]):
        path = tmp_path / f"{number}.html"
        path.write_text(f"{policy}<title>x</title></head><body><div>{vector}</div>", "utf-8")
        assert fired(page, path.as_uri()) == [], vector
    context.close()
