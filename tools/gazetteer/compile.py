"""Write the sorted table of places from the package's other tables, whenever one has changed."""

from hubtui.places.gazetteer import Gazetteer
from hubtui.places.tables import FILE, digest, lines, load_tables


def main() -> None:
    """Write the table."""
    tables = load_tables()
    whole = Gazetteer(tables.places, tables.names, tables.members)
    content = sorted(line.encode() for line in lines(whole))
    FILE.write_bytes(b"\n".join([digest().encode(), *content, b""]))
    print(f"{FILE.name}: {len(content)} lines")


if __name__ == "__main__":
    main()
