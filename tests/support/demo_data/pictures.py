"""Draw the ad images: fifteen pictures, their resized, recoloured and translated twins, and flat cards."""

from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from tests.support.demo_data.scenes import SCENES, Scene

CAPTIONS = {
    "outdoor": ("Made for outside", "Hecho para el campo"),
    "skincare": ("Soft skin, every day", "Jeden Tag zarte Haut"),
    "software": ("Close the books sooner", "Cierra antes tus libros"),
}
FLAT = {"card_sand.png": (216, 203, 178), "card_black.png": (12, 12, 14), "card_blank.png": (250, 250, 250)}
WARM = (1.08, 0.98, 0.86)
COOL = (0.9, 0.99, 1.1)


def files_of(picture: int) -> tuple[str, ...]:
    """File names of one picture: the original first, then its twins."""
    name = SCENES[picture].name
    twins = (f"{name}.jpg", f"{name}_small.jpg", f"{name}_translated.jpg", f"{name}_recolored.jpg")
    return twins if picture % 5 else twins[:3]


def draw_pictures(folder: Path) -> None:
    """Write every file into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    for picture, scene in enumerate(SCENES):
        original, translated = (_captioned(scene, caption) for caption in CAPTIONS[scene.brand])
        small = original.resize((original.width * 5 // 8, original.height * 5 // 8), Image.Resampling.LANCZOS)
        versions = [(original, 86), (small, 62), (translated, 78), (_recolored(original, picture), 80)]
        for name, (image, quality) in zip(files_of(picture), versions, strict=False):
            image.save(folder / name, "JPEG", quality=quality)
    for name, color in FLAT.items():
        card = Image.new("RGB", (320, 320), color)
        if name == "card_blank.png":
            ImageDraw.Draw(card).line((10, 312, 60, 312), fill=(246, 246, 246))
        card.save(folder / name, "PNG")


def _captioned(scene: Scene, caption: str) -> Image.Image:
    """The scene with a caption on a strip that covers about a twentieth of it."""
    image = scene.draw()
    draw = ImageDraw.Draw(image)
    width, height = image.size
    left, top = round(scene.caption[0] * width), round(scene.caption[1] * height)
    strip = (left, top, left + round(width * 0.55), top + round(height * 0.08))
    draw.rectangle(strip, fill=(245, 243, 236))
    font = ImageFont.load_default(size=round(min(width * 0.048, height * 0.06)))
    draw.text((strip[0] + 8, (strip[1] + strip[3]) // 2), caption, fill=(40, 40, 44), font=font, anchor="lm")
    return image


def _recolored(image: Image.Image, picture: int) -> Image.Image:
    gains = np.array(WARM if picture % 2 else COOL)
    pixels = np.asarray(image, dtype=np.float64) * gains
    return Image.fromarray(np.clip(np.rint(pixels), 0, 255).astype(np.uint8))
