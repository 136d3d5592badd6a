"""Draws a digit as a hand might: strokes that lean, shake and differ in width, in any grey on any other."""

import math

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

# Side of a picture and of the model's input, in pixels.
side = 28


def arc(x, y, width, height, start, end):
    """Points on an ellipse, by degrees: 0 is to the right, 90 below."""
    angles = np.radians(np.linspace(start, end, 24))
    return [(x + width * math.cos(a), y + height * math.sin(a)) for a in angles]


# What a digit's strokes may be, within -1 to 1: for some digits there are several ways to write them.
ways = {
    0: [[arc(0, 0, 0.62, 1, -90, 270)]],
    1: [[[(0, -1), (0, 1)]], [[(-0.4, -0.55), (0.05, -1), (0.05, 1)]], [[(-0.4, -0.55), (0, -1), (0, 1)], [(-0.4, 1), (0.4, 1)]]],
    2: [[arc(0, -0.45, 0.6, 0.55, -170, 40) + [(-0.62, 1), (0.65, 1)]]],
    3: [
        [arc(0, -0.5, 0.55, 0.5, -160, 90) + arc(0, 0.5, 0.62, 0.5, -90, 160)],
        [[(-0.55, -1), (0.5, -1), (-0.05, -0.15)] + arc(-0.05, 0.42, 0.62, 0.57, -90, 150)],
    ],
    4: [
        [[(0.25, -1), (-0.65, 0.3), (0.65, 0.3)], [(0.3, -0.25), (0.3, 1)]],
        [[(-0.5, -1), (-0.55, 0.1), (0.5, 0.1)], [(0.5, -1), (0.45, 1)]],
        [[(0.3, 1), (0.3, -1), (-0.65, 0.35), (0.65, 0.35)]],
    ],
    5: [[[(0.55, -1), (-0.45, -1), (-0.5, -0.15)] + arc(-0.02, 0.4, 0.6, 0.6, -110, 150)]],
    6: [[[(0.4, -1), (-0.2, -0.5)] + arc(0, 0.42, 0.58, 0.58, -160, 200)]],
    7: [[[(-0.6, -1), (0.6, -1), (-0.15, 1)]], [[(-0.6, -1), (0.6, -1), (-0.15, 1)], [(-0.35, 0.05), (0.45, 0.05)]]],
    8: [[arc(0, -0.5, 0.48, 0.48, -90, 270), arc(0, 0.5, 0.6, 0.52, -90, 270)]],
    9: [
        [arc(0, -0.42, 0.56, 0.56, 0, 360) + [(0.5, 0.2), (0.3, 1)]],
        [arc(0, -0.42, 0.56, 0.56, 0, 360) + arc(0, 0.45, 0.56, 0.55, 0, 130)],
    ],
}


def draw(digit, random):
    """The pixels of a picture, each a byte."""
    fine = 4
    size = side * fine
    chosen = ways[digit][random.integers(len(ways[digit]))]
    half = random.uniform(0.26, 0.4) * size
    narrow, lean, turn = random.uniform(0.7, 1.05), random.uniform(-0.3, 0.3), random.uniform(-0.2, 0.2)
    place = size / 2 + random.uniform(-1, 1, 2) * (0.46 * size - half)
    # The whole digit is bent a little, each point by where it lies.
    bend = random.normal(0, 0.06, (2, 4))

    def at(x, y):
        waves = np.array([math.sin(2 * x), math.cos(2 * x), math.sin(2 * y), math.cos(2 * y)])
        x, y = x + bend[0] @ waves, y + bend[1] @ waves
        x = narrow * (x - lean * y)
        x, y = x * math.cos(turn) - y * math.sin(turn), x * math.sin(turn) + y * math.cos(turn)
        return place[0] + half * x, place[1] + half * y

    image = Image.new("L", (size, size), 0)
    pen = ImageDraw.Draw(image)
    width = int(random.uniform(1.6, 4) * fine)
    for stroke in chosen:
        points = [at(x, y) for x, y in stroke]
        pen.line(points, fill=255, width=width, joint="curve")
        for x, y in (points[0], points[-1]):
            pen.ellipse([x - width / 2, y - width / 2, x + width / 2, y + width / 2], fill=255)
    image = image.filter(ImageFilter.GaussianBlur(random.uniform(0.5, 2))).resize((side, side), Image.Resampling.BOX)
    while True:
        ground, ink = random.uniform(0, 255, 2)
        if abs(ground - ink) > 100:
            break
    grey = ground + (ink - ground) * np.asarray(image, np.float32) / 255
    grey += random.normal(0, random.uniform(0, 8), grey.shape)
    return np.clip(grey, 0, 255).astype(np.uint8)


def drawings(count, seed):
    """Pictures of all digits in turn, and the digit of each."""
    random = np.random.default_rng(seed)
    digits = np.arange(count) % 10
    return np.stack([draw(int(digit), random) for digit in digits]), digits
