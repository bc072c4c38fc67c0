"""The engine and its tests alone, in a folder of their own, with the settings of the whole package."""

import pathlib
import shutil

ROOT = pathlib.Path(__file__).resolve().parents[2]
MODULES = [
    "Tensors", "Vectors", "Execution", "Networks", "Episodes", "Experiments", "MetaLearners",
    "Baseline", "COpenBLAS", "CMalloc",
]
TESTS = ["ExecutionTests", "TestSupport"]


def package():
    """Its manifest."""
    whole = (ROOT / "Package.swift").read_text()
    start = whole.index("let figures: KeyValuePairs = [")
    end = whole.index("\n]\n", start)
    text = whole[:start] + "let figures: KeyValuePairs<String, [String]> = [:]" + whole[end + 2:]
    names = "|".join(MODULES + TESTS)
    cut = text.index("let package = Package(")
    return (
        text[:cut]
        + f'let wanted = Set("{names}".split(separator: "|").map(String.init))\n'
        + text[cut:].replace("targets: targets,", "targets: targets.filter { wanted.contains($0.name) },")
        .replace('products: [.executable(name: "refigure", targets: ["Refigure"])],', ""))


def copy(folder):
    """Copies it there."""
    folder.mkdir(exist_ok=True)
    (folder / "Package.swift").write_text(package())
    for part in [f"Sources/{module}" for module in MODULES] + [
            f"Tests/{tests}" for tests in TESTS + ["Fixtures"]]:
        if (ROOT / part).exists():
            shutil.copytree(ROOT / part, folder / part, dirs_exist_ok=True)
