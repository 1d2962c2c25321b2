"""``hubtui completion``: what makes a shell complete hubtui's words."""

import click

from hubtui.cli.completion import SHELLS, script
from hubtui.cli.output import write_text


@click.command(
    epilog="Example:  hubtui completion bash > ~/.local/share/bash-completion/completions/hubtui",
)
@click.argument("shell", type=click.Choice(SHELLS))
@click.pass_context
def command(context: click.Context, *, shell: str) -> int:
    """Print the script for SHELL: bash, zsh or fish.

    With it the Tab key completes commands, options, sources, cities in both languages, styles and filters.

    For bash, save it as ~/.local/share/bash-completion/completions/hubtui; for zsh as _hubtui in a folder of
    $fpath; for fish as ~/.config/fish/completions/hubtui.fish.
    """
    write_text(script(context.find_root().command, shell).rstrip())
    return 0
