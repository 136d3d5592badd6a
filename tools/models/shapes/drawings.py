"""Draws one of five shapes: of any size, place, angle and colour, with noise, as a JPEG keeps it."""

import io
import math

import numpy as np
from PIL import Image, ImageDraw

labels = ["circle", "square", "triangle", "star", "cross"]

# Side of a drawing and of the model's input, in pixels.
drawn = 96
taken = 32


def corners(label, aspect):
    """The outline around the origin, within a circle of radius 1."""
    if label == "circle":
        return [(math.cos(a), aspect * math.sin(a)) for a in np.linspace(0, 2 * math.pi, 64, endpoint=False)]
    if label == "square":
        return [(x, y * aspect) for x, y in [(-0.71, -0.71), (0.71, -0.71), (0.71, 0.71), (-0.71, 0.71)]]
    if label == "triangle":
        return [(math.sin(a), aspect * math.cos(a)) for a in (0, 2 * math.pi / 3, 4 * math.pi / 3)]
    if label == "star":
        radii = [1, 0.42] * 5
        return [(r * math.sin(i * math.pi / 5), r * math.cos(i * math.pi / 5)) for i, r in enumerate(radii)]
    a, b = 0.3, 0.95
    return [(-a, -b), (a, -b), (a, -a), (b, -a), (b, a), (a, a), (a, b), (-a, b), (-a, a), (-b, a), (-b, -a), (-a, -a)]


def colours(random):
    """A colour for the ground and one for the shape that an eye can tell apart."""
    while True:
        ground, shape = random.integers(0, 256, (2, 3))
        if np.abs(ground - shape).sum() > 200:
            return tuple(map(int, ground)), tuple(map(int, shape))


def draw(label, random):
    """The bytes of a JPEG."""
    radius = random.uniform(0.22, 0.46) * drawn
    x, y = random.uniform(radius, drawn - radius, 2)
    angle = random.uniform(0, 2 * math.pi)
    ground, colour = colours(random)
    outline = [
        (
            x + radius * (px * math.cos(angle) - py * math.sin(angle)),
            y + radius * (px * math.sin(angle) + py * math.cos(angle)),
        )
        for px, py in corners(label, random.uniform(0.85, 1))
    ]
    fine = 4
    image = Image.new("RGB", (drawn * fine, drawn * fine), ground)
    ImageDraw.Draw(image).polygon([(px * fine, py * fine) for px, py in outline], fill=colour)
    image = image.resize((drawn, drawn), Image.Resampling.BOX)
    noise = random.normal(0, random.uniform(2, 14), (drawn, drawn, 3))
    pixels = np.clip(np.asarray(image, np.float32) + noise, 0, 255).astype(np.uint8)
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "JPEG", quality=int(random.integers(75, 96)))
    return file.getvalue()


def pixels(jpeg):
    """What the model takes: height, width and channels, 0 to 1."""
    image = Image.open(io.BytesIO(jpeg)).convert("RGB").resize((taken, taken), Image.Resampling.LANCZOS)
    return np.asarray(image, np.float32) / 255


def drawings(count, seed):
    """Drawings of all shapes in turn, and the index of the shape of each."""
    random = np.random.default_rng(seed)
    classes = np.arange(count) % len(labels)
    return np.stack([pixels(draw(labels[index], random)) for index in classes]), classes
