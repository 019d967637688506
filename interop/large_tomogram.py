"""Writes an MRC file of random bits, or compares the tomograms of a project with it, using the real Python copick.

    large_tomogram.py write FILE.mrc
    large_tomogram.py compare FILE.mrc CONFIG
"""

import struct
import sys

import numpy as np

SHAPE = (600, 1024, 1024)
SEED = 21
#: Clears the two highest bits: all values are then finite and positive, and their means can be compared.
POSITIVE = 0x3FFFFFFF


def write(path):
    depth, height, width = SHAPE
    header = bytearray(1024)
    struct.pack_into("<4i", header, 0, width, height, depth, 2)
    struct.pack_into("<3i", header, 28, width, height, depth)
    struct.pack_into("<6f", header, 40, 10.0 * width, 10.0 * height, 10.0 * depth, 90, 90, 90)
    struct.pack_into("<3i", header, 64, 1, 2, 3)
    header[208:216] = b"MAP \x44\x44\0\0"
    random = np.random.default_rng(SEED)
    with open(path, "wb") as file:
        file.write(header)
        for _ in range(depth):
            file.write((random.integers(0, 2**32, (height, width), dtype="<u4") & POSITIVE).tobytes())


def compare(path, config):
    import copick
    import zarr

    expected = np.memmap(path, dtype="<f4", mode="r", offset=1024, shape=SHAPE)
    spacing = copick.from_file(config).get_run("large").get_voxel_spacing(10.0)
    image = zarr.open(spacing.get_tomograms("wbp")[0].zarr(), mode="r")
    for z in range(0, SHAPE[0], 128):
        read = image["0"][z : z + 128]
        # compares bits, so that different floats never count as equal
        assert (read.view("<u4") == expected[z : z + 128].view("<u4")).all(), f"level 0 differs at or after z = {z}"
    half = image["1"]
    assert half.shape == (300, 512, 512), half.shape
    for z in (0, 150, 299):
        mean = expected[2 * z : 2 * z + 2].astype("f8").reshape(2, 512, 2, 512, 2).mean(axis=(0, 2, 4))
        assert np.allclose(half[z], mean.astype("f4"), rtol=1e-5, atol=0), f"level 1 differs at z = {z}"
    print("copick", copick.__version__, "reads all voxels unchanged")


if __name__ == "__main__":
    {"write": write, "compare": compare}[sys.argv[1]](*sys.argv[2:])
