"""The parts of seedclean that are compiled, where there is a compiler: everything else is in pyproject.toml."""

import sys

from setuptools import Extension, setup

setup(
    ext_modules=[
        Extension(
            f"seedclean.decisions.classifier.{name}",
            [f"src/seedclean/decisions/classifier/{name}.c"],
            # a fused multiply-add would give other floats than Python
            extra_compile_args=[] if sys.platform == "win32" else ["-O2", "-ffp-contract=off"],
            optional=True,  # without a compiler Python computes the same
        )
        for name in ("_features", "_forest")
    ]
)
