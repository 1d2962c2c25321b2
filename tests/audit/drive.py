"""Run many commands of hubtui in one process: each is a line of standard input, a JSON list of words.

``[["cp", SOURCE, TARGET], …]`` in front of the words copies files first. The status of each goes to standard
error, after what the command wrote.
"""

import json
import shutil
import sys

from hubtui.cli.run import run


def main() -> None:
    """Run them."""
    for line in sys.stdin:
        words = json.loads(line)
        while isinstance(words[0], list):
            _cp, source, target = words.pop(0)
            shutil.copyfile(source, target)
        status = run(words, lambda _folder, **_options: 0)
        sys.stderr.write(f"== {status} {words}\n")


if __name__ == "__main__":
    main()
