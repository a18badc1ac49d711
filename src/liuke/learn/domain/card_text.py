"""A model card as a file: Markdown, or one HTML page that stands alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from liuke.learn.domain.card import Section


def as_markdown(title: str, sections: Iterable[Section]) -> str:
    """A Markdown file; bars in cells are escaped."""
    out = [f"# {title}", ""]
    for section in sections:
        out += [f"## {section.title}", ""]
        for line in section.lines:
            out += [_plain(line), ""]
        if section.head:
            out += [_row(section.head), _row(["---"] * len(section.head)), *(_row(row) for row in section.rows), ""]
    return "\n".join(out)


def as_html(title: str, sections: Iterable[Section], language: str) -> str:
    """One HTML file without anything outside it; every text is escaped."""
    body = [f"<h1>{escape(title)}</h1>"]
    for section in sections:
        body.append(f"<section><h2>{escape(section.title)}</h2>")
        body += [f"<p>{escape(line)}</p>" for line in section.lines]
        if section.head:
            head = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in section.head)
            rows = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in section.rows)
            body.append(f'<div class="wide"><table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>')
        body.append("</section>")
    return (
        f'<!doctype html><html lang="{escape(language)}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><title>{escape(title)}</title>'
        f"<style>{_STYLE}</style></head><body><main>{''.join(body)}</main></body></html>"
    )


_STYLE = (
    "body{margin:0;background:#f5f6f8;color:#1b2130;"
    "font:14px/1.6 -apple-system,'PingFang SC','Microsoft YaHei','Noto Sans CJK SC',sans-serif}"
    "main{max-width:920px;margin:0 auto;padding:24px 16px}section{background:#fff;border:1px solid #e9ecf1;border-radius:8px;"
    "padding:4px 20px 16px;margin:16px 0}h1{font-size:22px}h2{font-size:16px}.wide{overflow-x:auto}"
    "table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}th,td{text-align:left;padding:6px 10px;"
    "border-bottom:1px solid #e9ecf1;white-space:nowrap}th{color:#566074;font-weight:600}@media print{body{background:#fff}}"
)


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(_plain(cell).replace("|", "\\|") for cell in cells) + " |"


def _plain(text: str) -> str:
    """One line; marks that Markdown or HTML would read are kept as they are written."""
    return " ".join(text.split()).replace("<", "&lt;").replace("*", "\\*").replace("_", "\\_")
