"""The Jinja2 templates of Word parts, made so that a document costs little more than its values."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import cast

from jinja2 import Environment, FileSystemLoader, FunctionLoader, StrictUndefined, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.ext import Extension
from markupsafe import escape

from catalogue.domain.layout import Layout
from catalogue.exporters.geometry import choices, columns, named_columns, text_width, twips

TEMPLATES = Path(__file__).parents[2] / "templates" / "word"

_BREAK = '</w:t><w:br/><w:t xml:space="preserve">'
# What may not stand in `w:t` as it is: markup, line ends, and what XML or the eye cannot hold.
_AS_PRINTED = {
    **dict.fromkeys(
        (
            *range(0x20),
            *range(0x7F, 0xA0),
            *range(0x202A, 0x202F),
            *range(0x2066, 0x206A),
            *range(0xD800, 0xE000),
            0xFFFE,
            0xFFFF,
        ),
        "\ufffd",
    ),
    **dict.fromkeys(map(ord, "\r\u2028\u2029"), _BREAK),
    ord("\t"): '</w:t><w:tab/><w:t xml:space="preserve">',
    **{ord(mark): escape(mark) for mark in "&<>\"'"},
}


def rendered(name: str, layout: Layout, **values: object) -> bytes:
    """Print one part; every `{{ text }}` of a template stands inside `w:t`."""
    template = _templates(layout).get_template(name)
    # Not render(), which would join strings: `_Encoded` yields bytes.
    pieces = cast("Iterable[bytes]", template.root_render_func(template.new_context(values)))
    return b"".join(pieces)


@cache
def _templates(layout: Layout) -> Environment:
    """Make templates in two stages.

    First `[[ macros ]]` write out what the form and the layout fix, once, when a template is
    loaded; then `{{ values }}` fill what is flat XML by now, with nothing left to call per cell.
    """
    sources = Environment(  # noqa: S701 - holds no value that anybody typed
        loader=FileSystemLoader(TEMPLATES),
        variable_start_string="[[",
        variable_end_string="]]",
        block_start_string="[%",
        block_end_string="%]",
        comment_start_string="[#",
        comment_end_string="#]",
        undefined=StrictUndefined,
        extensions=[_JoinedLines],
    )
    sources.globals |= {
        "layout": layout,
        "choices": choices,
        "columns": columns,
        "named_columns": named_columns,
        "upright": text_width(layout),
        "across": text_width(layout, landscape=True),
    }
    sources.filters["twips"] = twips
    return _Templates(
        loader=FunctionLoader(lambda name: sources.get_template(name).render()),
        autoescape=True,
        finalize=_printed,
        undefined=StrictUndefined,
        auto_reload=False,
    )


def _printed(value: object) -> bytes:
    """Print any value as text of `w:t`, None as nothing; no text aborts or becomes markup.

    This is the escaping of every `{{ value }}`, which no template can switch off. Jinja's own
    would wrap each value in Markup, which takes longer than everything else in a document.
    """
    text = value if isinstance(value, str) else "" if value is None else str(value)
    if text.isprintable() and "&" not in text and "<" not in text and ">" not in text:
        return text.encode()
    lines = text.replace("\r\n", "\n").split("\n")
    return _BREAK.join(line.translate(_AS_PRINTED) for line in lines).encode()


class _JoinedLines(Extension):
    """Lets templates be laid out for people: their line ends and indents are not printed."""

    def preprocess(self, source: str, _name: str | None, _filename: str | None = None) -> str:
        return "".join(line.strip() for line in source.splitlines())


class _Encoded(CodeGenerator):
    """Compiles templates to bytes: what never changes is encoded once, values by `_printed`."""

    def _output_const_repr(self, group: Iterable[str]) -> str:
        return repr("".join(group).encode())

    def _output_child_to_const(self, node: nodes.Expr, frame: Frame, _finalize: object) -> str:
        if isinstance(node, nodes.TemplateData):
            return str(node.as_const(frame.eval_ctx))
        raise nodes.Impossible

    def _output_child_pre(self, _node: nodes.Expr, _frame: Frame, _finalize: object) -> None:
        self.write("environment.finalize(")

    def _output_child_post(self, _node: nodes.Expr, _frame: Frame, _finalize: object) -> None:
        self.write(")")


class _Templates(Environment):
    code_generator_class = _Encoded
