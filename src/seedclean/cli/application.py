"""The application, its help, and its default command."""

from __future__ import annotations

import inspect
import os
import sys
from collections.abc import Callable
from typing import Annotated, Any, TypeVar

import typer
from typer.core import TyperCommand, TyperGroup

DEFAULT = "clean"
"""`seedclean PATH` means `seedclean clean PATH`."""

_Function = TypeVar("_Function", bound=Callable[..., Any])
_HELP: dict[str, Any] = {"help_option_names": ["-h", "--help"]}


class _Help:
    """Help in plain words: a parameter with its value as it is typed, and examples as they are written.

    Typer shows the types of Python beside each value, in a form that differs from version to version.
    """

    params: Any

    def get_help_option_names(self, ctx: Any) -> list[str]:
        return list(ctx.help_option_names)  # the library has them in the order of a set, which differs from run to run

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        arguments = [one for one in self.params if is_argument(one)]
        return ["[OPTIONS]", *(metavar(one) if one.required else f"[{metavar(one)}]" for one in arguments)]

    def format_options(self, ctx: Any, formatter: Any) -> None:
        parameters = getattr(self, "get_params")(ctx)  # noqa: B009  # of the class that this one is mixed into
        for title, wanted in (("Arguments", True), ("Options", False)):
            rows = [(written(one), one.help or "") for one in parameters if is_argument(one) is wanted]
            if rows:
                with formatter.section(title):
                    formatter.write_dl(rows)

    def format_epilog(self, ctx: Any, formatter: Any) -> None:
        epilog = getattr(self, "epilog", None)
        if epilog:
            formatter.write_paragraph()
            formatter.write(f"Examples:\n{epilog}\n")


class _Command(_Help, TyperCommand):
    """A command."""


class _Group(_Help, TyperGroup):
    """The command `seedclean`, with a command to go on with where none is named."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        options = {name for one in self.get_params(ctx) for name in one.opts}
        if args and args[0] not in self.commands and args[0].partition("=")[0] not in options:
            args = [DEFAULT, *args]
        return super().parse_args(ctx, args)

    def invoke(self, ctx: Any) -> Any:
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except BrokenPipeError:  # the reader of our output has what it wanted
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(0) from None
        return result

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        return ["[COMMAND] [OPTIONS] …"]

    def format_options(self, ctx: Any, formatter: Any) -> None:
        super().format_options(ctx, formatter)
        with formatter.section("Commands"):
            formatter.write_dl([(name, command.help) for name, command in self.commands.items()])


def is_argument(parameter: Any) -> bool:
    """Whether a parameter is one without a name on the command line."""
    return not parameter.opts[0].startswith("-")


def metavar(parameter: Any) -> str:
    """The word for the value of a parameter."""
    return str(parameter.metavar or parameter.name.upper())


def written(parameter: Any) -> str:
    """A parameter as it is typed: `-o, --output PATH`."""
    if is_argument(parameter):
        return metavar(parameter)
    names = ", ".join(parameter.opts)
    return names if parameter.is_flag else f"{names} {metavar(parameter)}"


def examples(*lines: str) -> str:
    """Lines of examples for the help of a command."""
    return "\n".join(f"  {line}" for line in lines)


app = typer.Typer(
    cls=_Group,
    context_settings=_HELP,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="Turn saved web documents into clean canonical JSON, Markdown or text. "
    "`seedclean PATH` is short for `seedclean clean PATH`; `seedclean COMMAND -h` explains a command.",
    epilog=examples(
        "seedclean page.html                    read one document",
        "seedclean archive -o records.jsonl     clean a directory",
        "seedclean explain page.html            see what was removed, and why",
    ),
)


COMMANDS: list[str] = []
"""The names of the commands, as each registers."""


def command(*lines: str) -> Callable[[_Function], _Function]:
    """Make a function a command, with examples for its help; its docstring is the help."""

    def register(function: _Function) -> _Function:
        COMMANDS.append(function.__name__)
        help = " ".join(inspect.getdoc(function).split())  # type: ignore[union-attr]
        app.command(cls=_Command, help=help, epilog=examples(*lines), context_settings=_HELP)(function)
        return function

    return register


@app.callback()
def _group(version: Annotated[bool, typer.Option("--version", help="Print the version and exit.")] = False) -> None:
    if version:  # `__main__` handles a plain `--version` without importing this module
        from seedclean.__main__ import print_version

        print_version()
        raise typer.Exit
