"""Pictures of letters, to be looked at: each in light and in dark, and a sheet of all of them in each language."""

from base64 import b64encode

COLUMNS, SHEET_WIDTH = 4, 860


def leave_pictures(letters, shown, folder):
    """Leave a picture of each letter in light and in dark and its text, and one sheet of each language."""
    for (language, name), message in letters.items():
        place = folder / language / name
        place.mkdir(parents=True, exist_ok=True)
        text = f"{message['Subject']}\n\n{message.get_body(('plain',)).get_content()}"
        (place / "body.txt").write_text(text, encoding="utf-8")
        page, _ = shown(message, 700)
        page.set_viewport_size({"width": 700, "height": 10})
        for scheme in ("dark", "light"):
            page.emulate_media(color_scheme=scheme)
            page.screenshot(path=place / f"{scheme}.png", full_page=True)
    for language in ("en", "ar"):
        _leave_sheet(page, folder, language)


def _leave_sheet(page, folder, language):
    pictures = sorted((folder / language).glob("*/light.png"))
    images = (f"<img src='data:image/png;base64,{b64encode(path.read_bytes()).decode()}'>" for path in pictures)
    page.set_viewport_size({"width": SHEET_WIDTH, "height": 10})
    style = f"body {{ columns: {COLUMNS}; background: #ddd }} img {{ width: 100% }}"
    page.set_content(f"<style>{style}</style>{''.join(images)}")
    page.screenshot(path=folder / f"letters-{language}.png", full_page=True)
