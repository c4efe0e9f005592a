using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace Fikspunkt.Reports.Html;

/// <summary>Builds HTML from interpolated strings: what is written in the source is markup, what stands in braces is text and is encoded.</summary>
internal sealed class HtmlBuilder
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);
    private readonly StringBuilder text = new();

    /// <summary>Makes a piece of markup.</summary>
    public static HtmlBuilder Of(string markup) => new HtmlBuilder().Markup(markup);

    /// <summary>Makes a piece of markup in which what stands in braces is encoded.</summary>
    public static HtmlBuilder Encoded(string plain) => Of(Encoder.Encode(plain));

    /// <summary>Adds markup in which what stands in braces is encoded.</summary>
    public HtmlBuilder Add([InterpolatedStringHandlerArgument("")] ref Handler handler)
    {
        _ = handler;
        return this;
    }

    /// <summary>Adds text as it is: markup, style or script that is known to be safe.</summary>
    public HtmlBuilder Markup(string markup)
    {
        text.Append(markup);
        return this;
    }

    /// <inheritdoc/>
    public override string ToString() => text.ToString();

    /// <summary>Sends literals to the builder as they are and values encoded.</summary>
    [InterpolatedStringHandler]
    public readonly ref struct Handler
    {
        private readonly StringBuilder text;

        public Handler(int literalLength, int formattedCount, HtmlBuilder html)
        {
            text = html.text;
            text.EnsureCapacity(text.Length + literalLength + formattedCount);
        }

        public void AppendLiteral(string markup) => text.Append(markup);

        public void AppendFormatted(string? value) => text.Append(Encoder.Encode(value ?? ""));

        public void AppendFormatted(int value) => text.Append(value);

        public void AppendFormatted(HtmlBuilder? value) => text.Append(value?.text);
    }
}
