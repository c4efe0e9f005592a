using Fikspunkt.Domain;

namespace Fikspunkt.Sources.Synthetic;

/// <summary>What the parts of the synthetic Denmark that come by calendar year have in common.</summary>
internal static class SyntheticYear
{
    private const int Months = 12;

    /// <summary>The whole calendar years of the panel.</summary>
    public static IEnumerable<int> Whole(SyntheticDraw draw) => Enumerable.Range(SyntheticOptions.FirstYear, draw.Structure.Options.Months / Months);

    /// <summary>Every municipality in one calendar year, in the order of the structure.</summary>
    /// <param name="draw">The panel.</param>
    /// <param name="year">The calendar year.</param>
    /// <param name="of">Makes one municipality's part from its place in the structure and the place of the year's first month.</param>
    /// <exception cref="ArgumentOutOfRangeException">The panel does not hold the whole year.</exception>
    public static IReadOnlyList<T> Of<T>(SyntheticDraw draw, int year, Func<int, int, T> of)
    {
        var first = Months * (year - SyntheticOptions.FirstYear);
        ArgumentOutOfRangeException.ThrowIfNegative(first, nameof(year));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(first + Months, draw.Structure.Options.Months, nameof(year));
        return [.. Enumerable.Range(0, draw.Structure.Municipalities.Count).Select(area => of(area, first))];
    }

    /// <summary>The municipality's average population over the year that begins with a month.</summary>
    public static double Population(SyntheticStructure structure, int area, int first)
    {
        double population = 0;
        for (var month = first; month < first + Months; month++)
        {
            population += structure.Population(area, month) / Months;
        }

        return population;
    }

    /// <summary>Where benefit groups stand among <see cref="SyntheticGroup.All"/>.</summary>
    public static int[] Places(IEnumerable<string> ids) => [.. ids.Select(id => SyntheticGroup.All.Select(group => group.Id).ToList().IndexOf(id))];

    /// <summary>A count as a source would publish it: hidden when small.</summary>
    public static Observation Count(string area, int year, string indicator, double count) => count switch
    {
        0 => Cell(area, year, indicator, 0, ObservationStatus.Zero),
        < SyntheticOptions.SuppressBelow => Cell(area, year, indicator, null, ObservationStatus.Suppressed),
        _ => Cell(area, year, indicator, count, ObservationStatus.Ok),
    };

    /// <summary>A municipality's cell of one calendar year.</summary>
    public static Observation Cell(string area, int year, string indicator, double? value, ObservationStatus status) =>
        new(area, Period.OfYear(year), indicator, Breakdown.Total, value, status);
}
