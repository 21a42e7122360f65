"""The parts of seedclean that are compiled, where there is a compiler: everything else is in pyproject.toml."""

import sys

from setuptools import Extension, setup

setup(
    ext_modules=[
        Extension(
            f"seedclean.{name}",
            [f"src/seedclean/{name.replace('.', '/')}.c"],
            # a fused multiply-add would give other floats than Python
            extra_compile_args=[] if sys.platform == "win32" else ["-O2", "-ffp-contract=off"],
            optional=True,  # without a compiler Python does the same
        )
        for name in ("decisions.classifier._features", "decisions.classifier._forest", "readers._ordinary")
    ]
)
