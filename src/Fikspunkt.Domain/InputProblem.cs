using System.Text;

namespace Fikspunkt.Domain;

/// <summary>One fault in what a user handed in: where it is, what was found there and what was expected.</summary>
/// <param name="Rule">What is wrong, in the user's language, without place (<c>"Ukendt kommune"</c>).</param>
/// <param name="File">File name, address or option name; <see langword="null"/> when there is none.</param>
/// <param name="Line">1-based line (for XLSX: row; for JSON rows: row number), or <see langword="null"/>.</param>
/// <param name="Column">Column name, cell or 1-based position as text, or <see langword="null"/>.</param>
/// <param name="Found">The text that was found, or <see langword="null"/>.</param>
/// <param name="Expected">What would have been right, in the user's language, or <see langword="null"/>.</param>
public sealed record InputProblem(
    string Rule,
    string? File = null,
    int? Line = null,
    string? Column = null,
    string? Found = null,
    string? Expected = null)
{
    private const int LongestShownValue = 80;

    /// <summary>One line: <c>file(line, column): rule; found "x", expected y</c>. Control characters are shown as spaces.</summary>
    public override string ToString()
    {
        var line = new StringBuilder();
        if (File is not null)
        {
            line.Append(File);
        }

        if (Line is not null || Column is not null)
        {
            line.Append('(').AppendJoin(", ", new[] { Line?.ToString(System.Globalization.CultureInfo.InvariantCulture), Column }.Where(part => part is not null)).Append(')');
        }

        if (line.Length > 0)
        {
            line.Append(": ");
        }

        line.Append(Rule);
        if (Found is not null)
        {
            var shown = Found.Length > LongestShownValue ? string.Concat(Found.AsSpan(0, LongestShownValue), "...") : Found;
            line.Append("; ").Append(Texts.Found).Append(" \"").Append(shown).Append('"');
        }

        if (Expected is not null)
        {
            line.Append(Found is null ? "; " : ", ").Append(Texts.Expected).Append(' ').Append(Expected);
        }

        for (var i = 0; i < line.Length; i++)
        {
            if (char.IsControl(line[i]))
            {
                line[i] = ' ';
            }
        }

        return line.ToString();
    }
}

/// <summary>What the user handed in cannot be used. Nothing has been changed. The command line ends with exit code 2.</summary>
public sealed class InputException : Exception
{
    /// <summary>Makes the exception from all faults found, in the order they were found.</summary>
    /// <exception cref="ArgumentException"><paramref name="problems"/> is empty.</exception>
    public InputException(IReadOnlyList<InputProblem> problems, Exception? innerException = null)
        : base(FirstLine(problems), innerException) => Problems = problems;

    /// <summary>Makes the exception from one fault.</summary>
    public InputException(InputProblem problem, Exception? innerException = null)
        : this([problem], innerException)
    {
    }

    /// <summary>Every fault found; at least one.</summary>
    public IReadOnlyList<InputProblem> Problems { get; }

    private static string FirstLine(IReadOnlyList<InputProblem> problems)
    {
        ArgumentNullException.ThrowIfNull(problems);
        return problems.Count > 0 ? problems[0].ToString() : throw new ArgumentException("At least one problem is needed.", nameof(problems));
    }
}

/// <summary>A foreign source did not answer in a usable way. The command line ends with exit code 3.</summary>
public sealed class SourceUnavailableException(string message, Exception? innerException = null) : Exception(message, innerException);
