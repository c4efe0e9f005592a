using Fikspunkt.Benchmarks;
using Fikspunkt.Statistics.Numerics;

namespace Fikspunkt.Web.Charts;

/// <summary>An illustration: years in which every municipality is exactly as expected and only its own uncertainty moves it.</summary>
/// <remarks>Each difference is drawn normal around zero with the published standard error, independently; the same seed gives the same years everywhere.</remarks>
/// <param name="Years">Each year's differences in the order of the municipalities.</param>
/// <param name="Typical">For each place of the ordered list the median over the years.</param>
internal sealed record NoDifferencesYears(IReadOnlyList<double[]> Years, double[] Typical)
{
    /// <summary>How many of the years a chart shows.</summary>
    public const int Lines = 8;

    private const int Count = 199;
    private const long Seed = 20_250_101;

    /// <summary>The years that are drawn, each ordered.</summary>
    public IEnumerable<double[]> Shown => Years.Take(Lines).Select(year => year.Order().ToArray());

    public static NoDifferencesYears Of(IReadOnlyList<AreaResult> results)
    {
        var random = new CounterRandom(Seed);
        var years = Enumerable.Range(0, Count).Select(year =>
        {
            var values = new double[results.Count];
            random.Normals(year, values);
            return values.Select((value, i) => value * results[i].StandardError).ToArray();
        }).ToList();
        var ordered = years.ConvertAll(year => year.Order().ToArray());
        return new NoDifferencesYears(years, [.. Enumerable.Range(0, results.Count).Select(place => ordered.Select(year => year[place]).Order().ElementAt(Count / 2))]);
    }

    /// <summary>The place of a municipality in one of the years, 1 = first.</summary>
    public int Place(int year, int municipality) => 1 + Years[year].Count(other => other < Years[year][municipality]);
}
