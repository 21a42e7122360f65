"""The one part of seedclean that is compiled, where there is a compiler: everything else is in pyproject.toml."""

import sys

from setuptools import Extension, setup

setup(
    ext_modules=[
        Extension(
            "seedclean.decisions.classifier._forest",
            ["src/seedclean/decisions/classifier/_forest.c"],
            # a fused multiply-add would give other floats than Python
            extra_compile_args=[] if sys.platform == "win32" else ["-O2", "-ffp-contract=off"],
            optional=True,  # without a compiler the generated Python modules compute the same
        )
    ]
)
