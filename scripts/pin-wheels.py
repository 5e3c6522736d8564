"""Prints the pin of each wheel named on the command line, for src/engines/install/pins-*.ts.

    pip download --no-deps --only-binary=:all: --platform manylinux_2_27_x86_64 --python-version 311 \
        --implementation cp --abi cp311 --abi none -d wheels tensorflow-cpu==2.21.0
    python3 scripts/pin-wheels.py wheels/*.whl

What is taken out of a wheel: TensorFlow's two libraries; of NVIDIA's, every library but those nobody here calls.
"""
import hashlib
import os
import re
import sys
import zipfile

WANTED = re.compile(r"tensorflow/libtensorflow_(cc|framework)\.(so\.2|2\.dylib)|nvidia/[^/]+/lib/[^/]+\.so[.\d]*")
# Drop-in BLAS and FFTW, several GPUs in one process, older compilers, profilers.
LEFT = re.compile(r"nvblas|cufftw|cusolverMg|\.alt\.|checkpoint|pcsampling")


def sum_of(stream):
    total = hashlib.sha256()
    for piece in iter(lambda: stream.read(1 << 22), b""):
        total.update(piece)
    return total.hexdigest()


for path in sys.argv[1:]:
    name, version = os.path.basename(path).split("-")[:2]
    with open(path, "rb") as wheel:
        whole = sum_of(wheel)
    print(f"{{ name: '{name.replace('_', '-')}', version: '{version}', file: '{os.path.basename(path)}',")
    print(f"  sizeBytes: {os.path.getsize(path)}, sha256: '{whole}', platforms: [], files: [")
    with zipfile.ZipFile(path) as archive:
        for member in sorted(archive.infolist(), key=lambda one: one.filename):
            if WANTED.fullmatch(member.filename) and not LEFT.search(member.filename):
                with archive.open(member) as stream:
                    print(f"    {{ path: '{member.filename}', sizeBytes: {member.file_size}, sha256: '{sum_of(stream)}' }},")
    print("] },")
