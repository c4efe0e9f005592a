using System.Globalization;
using Fikspunkt.Domain;

namespace Fikspunkt.Definitions.Reading;

/// <summary>Where a value stands in a definition file.</summary>
/// <param name="File">The file, relative to the folder above the definitions.</param>
/// <param name="Line">1-based line.</param>
/// <param name="Column">1-based position in a YAML file, the column's name in a CSV file.</param>
internal readonly record struct Place(string File, int? Line = null, string? Column = null);

/// <summary>Collects faults, so that one start shows all of them.</summary>
internal sealed class ProblemList
{
    private const int Most = 100;
    private readonly List<InputProblem> problems = [];

    public bool Any => problems.Count > 0;

    public void Add(Place place, string rule, string? found = null, string? expected = null)
    {
        if (problems.Count < Most)
        {
            problems.Add(new InputProblem(rule, place.File, place.Line, place.Column, found, expected));
        }
    }

    public void ThrowIfAny()
    {
        if (problems.Count > 0)
        {
            throw new InputException([.. problems
                .OrderBy(problem => problem.File, StringComparer.Ordinal)
                .ThenBy(problem => problem.Line)
                .ThenBy(problem => Position(problem.Column))]);
        }
    }

    private static int Position(string? column) =>
        int.TryParse(column, NumberStyles.None, CultureInfo.InvariantCulture, out var position) ? position : 0;
}
