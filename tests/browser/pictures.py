"""A code as a bad camera sees it, as a film for a camera that is none: tilted, dim, blurred and noisy."""

from pathlib import Path

import numpy as np
import segno
from numpy.typing import NDArray

Grey = NDArray[np.float64]
WIDE, HIGH = 640, 480
FRAMES = 12
# Where the corners of the code lie in the picture, from the upper left one clockwise.
TILTED = ((190.0, 90.0), (465.0, 145.0), (425.0, 400.0), (165.0, 330.0))
DARKEST, BRIGHTEST = 38.0, 104.0  # Of 255: a hall in the evening.
BLUR = 1.6  # Standard deviation in pixels,
NOISE = 11.0  # and in shades.


def film(text: str, to: Path) -> Path:
    """Frames of one picture, each with noise of its own, as YUV4MPEG2 that browsers play in a loop."""
    chance = np.random.default_rng(20260608)
    picture = _blurred(_seen(_code(text)))
    grey = bytes(np.full(WIDE * HIGH // 2, 128, np.uint8))
    with to.open("wb") as out:
        out.write(f"YUV4MPEG2 W{WIDE} H{HIGH} F30:1 Ip A1:1 C420jpeg\n".encode())
        for _ in range(FRAMES):
            noisy = picture + chance.normal(0, NOISE, picture.shape)
            out.write(b"FRAME\n" + noisy.clip(0, 255).astype(np.uint8).tobytes() + grey)
    return to


def _code(text: str) -> Grey:
    """1 where it is light, with the margin a code has."""
    made = segno.make(text, error="m", micro=False, boost_error=False)
    rows = made.matrix_iter(border=4)
    return np.array([[1.0 - dark for dark in row] for row in rows])


def _seen(code: Grey) -> Grey:
    """The code where its corners are, on a ground lit from one side."""
    across, down = np.meshgrid(np.arange(WIDE), np.arange(HIGH))
    points = np.stack([across, down, np.ones_like(across)]).reshape(3, -1)
    x, y, z = np.linalg.inv(_onto_the_picture(len(code))) @ points
    column, row = np.floor(x / z).astype(int), np.floor(y / z).astype(int)
    inside = (column >= 0) & (column < len(code)) & (row >= 0) & (row < len(code))
    light = np.full(WIDE * HIGH, 0.45)
    light[inside] = code[row[inside], column[inside]]
    shade = np.linspace(1.0, 0.75, WIDE)[np.newaxis, :]
    return (DARKEST + (BRIGHTEST - DARKEST) * light.reshape(HIGH, WIDE)) * shade


def _onto_the_picture(size: int) -> Grey:
    """The projection that takes the corners of the code to theirs in the picture."""
    corners = ((0, 0), (size, 0), (size, size), (0, size))
    lines = []
    for (x, y), (u, v) in zip(corners, TILTED, strict=True):
        lines.append([x, y, 1, 0, 0, 0, -u * x, -u * y])
        lines.append([0, 0, 0, x, y, 1, -v * x, -v * y])
    found = np.linalg.solve(np.array(lines, float), np.array(TILTED).ravel())
    return np.append(found, 1.0).reshape(3, 3)


def _blurred(picture: Grey) -> Grey:
    reach = np.arange(-6, 7)
    weights = np.exp(-(reach**2) / (2 * BLUR**2))
    weights /= weights.sum()
    for axis in (0, 1):
        padded = np.apply_along_axis(np.convolve, axis, picture, weights, "same")
        picture = padded
    return picture
