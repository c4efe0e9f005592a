using Fikspunkt.Sources.Files;

namespace Fikspunkt.Sources.Mapping;

/// <summary>Reads one file's numbers and decides, once, whether its decimal mark is a point or a comma.</summary>
/// <remarks>
/// The first number that proves its mark decides. Where the first number with a mark proves nothing (<c>1.234</c>), the rest of the
/// file is asked; where that proves nothing either, a comma between the columns says that the decimals have a point, and otherwise
/// the number is ambiguous and a fault.
/// </remarks>
internal sealed class NumberReader(BoundFile file)
{
    private DecimalMark mark;
    private bool isAsked;

    /// <summary>The file's decimal mark, as far as it has been needed.</summary>
    public DecimalMark Mark => mark;

    /// <summary>The same, for who imports the file.</summary>
    public DecimalStyle Style => mark switch { DecimalMark.Point => DecimalStyle.Point, DecimalMark.Comma => DecimalStyle.Comma, _ => DecimalStyle.NoDecimals };

    /// <summary>Reads a cell's trimmed, not empty text.</summary>
    public NumberOutcome Read(ReadOnlySpan<byte> text, CellKind kind, out double value)
    {
        if (kind == CellKind.Number)
        {
            return NumberText.Read(text, DecimalMark.Point, out value);
        }

        var outcome = NumberText.Read(text, mark, out value);
        if (outcome == NumberOutcome.Ambiguous)
        {
            mark = NumberText.Evidence(text);
            if (mark == DecimalMark.Undecided && !isAsked)
            {
                isAsked = true;
                mark = AskFile();
            }

            outcome = mark == DecimalMark.Undecided ? outcome : NumberText.Read(text, mark, out value);
        }

        return outcome;
    }

    private DecimalMark AskFile()
    {
        var (hasPoint, hasComma) = (false, false);
        using var reader = file.Layout.Open();
        for (var i = 0; i < file.Binding.HeaderRows; i++)
        {
            reader.Read();
        }

        while (reader.Read())
        {
            foreach (var column in file.Binding.Values)
            {
                var text = CellText.Trim(reader.Field(column.Column));
                if (text.IsEmpty || reader.KindOf(column.Column) != CellKind.Text)
                {
                    continue;
                }

                var evidence = NumberText.Evidence(text);
                if (evidence != DecimalMark.Undecided)
                {
                    return evidence;
                }

                hasPoint |= text.Contains((byte)'.') && text.IndexOfAnyInRange((byte)'0', (byte)'9') >= 0;
                hasComma |= text.Contains((byte)',');
            }
        }

        return file.Layout.Delimiter == ',' && hasPoint && !hasComma ? DecimalMark.Point : DecimalMark.Undecided;
    }
}

/// <summary>What cells say besides numbers.</summary>
internal static class CellText
{
    /// <summary>The text without white space around it, no-break spaces included.</summary>
    public static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> text)
    {
        if (!text.IsEmpty && text[0] is > 0x20 and < 0x7F && text[^1] is > 0x20 and < 0x7F)
        {
            return text;
        }

        int length;
        do
        {
            length = text.Length;
            text = text.Trim(" \t\r\n\v\f"u8);
            text = Without(text, "\u00A0"u8);
            text = Without(text, "\u202F"u8);
        }
        while (text.Length != length);

        return text;
    }

    /// <summary>Whether a trimmed text is one of those that the sources write where there is no number.</summary>
    public static bool IsMissing(ReadOnlySpan<byte> text) => text.Length switch
    {
        0 => true,
        1 => text[0] is (byte)'-' or (byte)'.',
        2 => text[0] == '.' && text[1] == '.',
        4 => System.Text.Ascii.EqualsIgnoreCase(text, "null"u8),
        _ => false,
    };

    private static ReadOnlySpan<byte> Without(ReadOnlySpan<byte> text, ReadOnlySpan<byte> space)
    {
        text = text.StartsWith(space) ? text[space.Length..] : text;
        return text.EndsWith(space) ? text[..^space.Length] : text;
    }
}
