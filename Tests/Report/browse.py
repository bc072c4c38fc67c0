"""Uses the report as a reader would, in headless Chromium, and ends with 1 if something is wrong."""

import base64
import csv
import gzip
import importlib.util
import io
import pathlib
import shutil
import sys
import tempfile
import time

from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select, WebDriverWait

LIMIT = 5_000_000
WIDTHS = (390, 1280)
SCHEMES = ("light", "dark")
# Where screenshots are taken.
PLACES = ("h1", "#gallery", "#fig5-coherence", "#table1-linnet-cnn", "#costs")

page = pathlib.Path(sys.argv[1])
shots = pathlib.Path(sys.argv[2]) if len(sys.argv) > 2 else None
failures = []


def expect(condition, message):
    print(("ok      " if condition else "FAILED  ") + message, flush=True)
    if not condition:
        failures.append(message)


def browser(downloads):
    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium")
    # Root, as in containers, has no sandbox.
    for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"):
        options.add_argument(argument)
    options.add_experimental_option(
        "prefs", {"download.default_directory": downloads, "download.prompt_for_download": False})
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    service = webdriver.ChromeService(executable_path=shutil.which("chromedriver"))
    driver = webdriver.Chrome(options=options, service=service)
    # A busy machine takes its time.
    driver.command_executor.client_config.timeout = 600
    driver.set_page_load_timeout(180)
    driver.set_script_timeout(300)
    return driver


def look(driver, width, scheme):
    driver.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False})
    driver.execute_cdp_cmd(
        "Emulation.setEmulatedMedia",
        {"features": [{"name": "prefers-color-scheme", "value": scheme}]})
    driver.get(page.as_uri())


def visible_claims(driver):
    return driver.execute_script(
        "return [...document.querySelectorAll('.claims tbody tr')].filter(row => !row.hidden)"
        ".map(row => row.dataset.verdict)")


def shown(driver):
    return driver.find_element(By.ID, "shown").text


def check_filter(driver):
    everything = visible_claims(driver)
    expect(len(everything) > 0, f"{len(everything)} claims are listed")
    verdicts = Select(driver.find_element(By.NAME, "verdict"))
    for option in [option.text for option in verdicts.options[1:]]:
        verdicts.select_by_visible_text(option)
        left = visible_claims(driver)
        expect(
            left == [verdict for verdict in everything if verdict == option]
            and shown(driver) == f"{len(left)} of {len(everything)} claims",
            f"the filter leaves {len(left)} claims that are {option}")
    driver.find_element(By.CSS_SELECTOR, "#filter button[type=reset]").click()
    WebDriverWait(driver, 10).until(lambda _: len(visible_claims(driver)) == len(everything))
    words = driver.find_element(By.NAME, "words")
    words.send_keys("huisman2022 table3-1")
    left = driver.execute_script(
        "return [...document.querySelectorAll('.claims tbody tr')].filter(row => !row.hidden)"
        ".map(row => row.textContent)")
    expect(
        0 < len(left) < len(everything)
        and all("Huisman2022" in text and "table3-1" in text for text in left),
        f"words leave {len(left)} claims")
    words.send_keys(" no such words")
    expect(visible_claims(driver) == [], "words that no claim has leave none")
    driver.find_element(By.CSS_SELECTOR, "#filter button[type=reset]").click()
    WebDriverWait(driver, 10).until(lambda _: len(visible_claims(driver)) == len(everything))


def check_sorting(driver):
    button = driver.find_element(By.CSS_SELECTOR, ".claims thead th:nth-child(2) button")
    for direction in ("ascending", "descending"):
        driver.execute_script("arguments[0].click()", button)
        cells = driver.execute_script(
            "return [...document.querySelectorAll('.claims tbody tr')]"
            ".map(row => row.cells[1].textContent)")
        header = button.find_element(By.XPATH, "..")
        ordered = driver.execute_script(
            "return arguments[0].slice().sort((a, b) => a.localeCompare(b, 'en'))", cells)
        expect(
            cells == (ordered if direction == "ascending" else ordered[::-1])
            and header.get_attribute("aria-sort") == direction,
            f"claims are sorted by verdict, {direction}")


def check_anchors(driver):
    broken = driver.execute_script(
        "return [...document.querySelectorAll('a[href^=\"#\"], use')]"
        ".map(element => element.getAttribute('href')).filter(href => !document.querySelector("
        "'#' + CSS.escape(href.slice(1))))")
    expect(broken == [], f"every anchor leads somewhere {broken[:5]}")
    twice = driver.execute_script(
        "const seen = new Set(); return [...document.querySelectorAll('[id]')].map(e => e.id)"
        ".filter(id => seen.has(id) || !seen.add(id))")
    expect(twice == [], f"every name stands once {twice[:5]}")
    link = driver.find_element(By.CSS_SELECTOR, ".claims tbody a")
    target = link.get_attribute("href").split("#")[1]
    driver.execute_script("arguments[0].click()", link)
    top = driver.execute_script(
        "return document.getElementById(arguments[0]).getBoundingClientRect().top", target)
    expect(driver.current_url.endswith("#" + target) and 0 <= top < 900, f"a claim opens {target}")


def plotted(details):
    href = details.find_element(By.TAG_NAME, "a").get_attribute("href")
    return gzip.decompress(base64.b64decode(href.split(",")[1])).decode()


def check_data(driver, downloads):
    places = driver.execute_script(
        "return [...document.querySelectorAll('details.data')].map(details => details.dataset.file)")
    expect(len(places) > 0, f"{len(places)} figures have data")
    for file in places:
        details = driver.find_element(By.CSS_SELECTOR, f"details.data[data-file='{file}']")
        text = plotted(details)
        driver.execute_script("arguments[0].open = true", details)
        WebDriverWait(driver, 30).until(lambda _: details.find_elements(By.TAG_NAME, "table"))
        expected = list(csv.reader(io.StringIO(text)))
        names, first, count = driver.execute_script(
            "const [head, ...body] = arguments[0].querySelectorAll('tr');"
            "const texts = row => [...row.cells].map(cell => cell.textContent);"
            "return [texts(head), texts(body[0]), body.length]", details)
        if names != expected[0] or first != expected[1] or count != min(len(expected) - 1, 200):
            expect(False, f"the data of {file} are a table of their CSV")
    expect(True, "every figure's data are a table of their CSV")
    file = places[0]
    details = driver.find_element(By.CSS_SELECTOR, f"details.data[data-file='{file}']")
    header = details.find_elements(By.CSS_SELECTOR, "thead button")[-1]
    driver.execute_script("arguments[0].click()", header)
    values = driver.execute_script(
        "return [...arguments[0].querySelectorAll('tbody tr')]"
        ".map(row => Number(row.cells[row.cells.length - 1].textContent))", details)
    expect(values == sorted(values), f"the data of {file} are sorted by value")
    for button in details.find_elements(By.TAG_NAME, "button"):
        if button.text.startswith("Download"):
            driver.execute_script("arguments[0].click()", button)
    target = pathlib.Path(downloads) / f"{file}.csv"
    for _ in range(100):
        if target.exists():
            break
        time.sleep(0.1)
    # As it stands on the page, whatever has been sorted meanwhile.
    driver.refresh()
    text = plotted(
        driver.find_element(By.CSS_SELECTOR, f"details.data[data-file='{file}']"))
    expect(target.exists() and target.read_text() == text, f"{file}.csv is downloaded")


def check_keyboard(driver):
    driver.get(page.as_uri())
    driver.switch_to.active_element.send_keys(Keys.TAB)
    first = driver.switch_to.active_element
    expect(first.get_attribute("class") == "skip", "the first tab is the way past the beginning")
    first.send_keys(Keys.ENTER)
    expect(driver.current_url.endswith("#claims"), "it leads to the claims")
    summary = driver.find_element(By.CSS_SELECTOR, "details.made summary")
    summary.send_keys(Keys.ENTER)
    expect(
        summary.find_element(By.XPATH, "..").get_attribute("open") is not None,
        "the enter key opens what made a figure")


def check_accessibility(driver, width, scheme):
    package = importlib.util.find_spec("axe_playwright_python").submodule_search_locations[0]
    driver.execute_script((pathlib.Path(package) / "axe.min.js").read_text())
    # One table of data and one list of runs open, as readers see them.
    driver.execute_script(
        "document.querySelector('details.data').open = true;"
        "document.querySelector('details.made').open = true")
    result = driver.execute_async_script(
        # What is inside of a picture is said by its label.
        "const done = arguments[arguments.length - 1];"
        "axe.run({exclude: ['.picture > g', '.thumb use', '.symbols']}, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],"
        " resultTypes: ['violations']}).then(done, error => done({failure: String(error)}))")
    if "failure" in result:
        expect(False, f"axe-core runs: {result['failure']}")
        return
    for violation in result["violations"]:
        print(violation["id"], violation["help"], len(violation["nodes"]), "places, as")
        print("  ", violation["nodes"][0]["html"][:300])
    expect(
        result["violations"] == [],
        f"axe-core {result['testEngine']['version']} finds 0 violations of WCAG 2.2 AA "
        f"at {width} pixels, {scheme}")


def check_console(driver):
    messages = [entry["message"] for entry in driver.get_log("browser")]
    expect(messages == [], f"the console is clean {messages[:3]}")


expect(page.stat().st_size <= LIMIT, f"{page.stat().st_size} bytes are at most {LIMIT}")
with tempfile.TemporaryDirectory() as downloads:
    driver = browser(downloads)
    try:
        look(driver, 1280, "light")
        loaded = driver.execute_script("return performance.getEntriesByType('resource').length")
        expect(loaded == 0, "nothing else is loaded")
        check_filter(driver)
        check_sorting(driver)
        check_anchors(driver)
        check_data(driver, downloads)
        check_keyboard(driver)
        check_console(driver)
        for width in WIDTHS:
            for scheme in SCHEMES:
                look(driver, width, scheme)
                extent = driver.execute_script("return document.documentElement.scrollWidth")
                expect(extent <= width, f"the page is {extent} pixels wide at {width}")
                for number, place in enumerate(PLACES if shots else ()):
                    driver.execute_script("document.querySelector(arguments[0]).scrollIntoView()", place)
                    driver.save_screenshot(str(shots / f"{width}-{scheme}-{number}.png"))
                check_accessibility(driver, width, scheme)
        check_console(driver)
    finally:
        driver.quit()
print(f"{len(failures)} failed" if failures else "all as it should be")
sys.exit(bool(failures))
