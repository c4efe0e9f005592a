using Fikspunkt.Domain;
using Fikspunkt.Statistics;
using Fikspunkt.Statistics.Groups;
using Fikspunkt.Statistics.Regression;

namespace Fikspunkt.Benchmarks.Measurements.Comparison;

/// <summary>A rule for who is like whom, with the base of its shares, so that neither is ever left out.</summary>
/// <param name="Id">Id, as the setting <c>peers</c> names it.</param>
/// <param name="Name">What makes two municipalities alike, and what the distance is measured in.</param>
/// <param name="Base">What the shares compared are shares of.</param>
/// <param name="Distances">Distances between all units.</param>
internal sealed record PeerRule(string Id, LocalizedText Name, LocalizedText Base, Distances Distances);

/// <summary>Distances that make peers.</summary>
internal static class Peers
{
    public const string Weighted = "conditions-weighted";
    public const string Equal = "conditions-equal";
    public const string OfParts = "composition-of-parts";
    public const string OfBase = "composition-of-base";

    /// <summary>The ids of the rules.</summary>
    public static IReadOnlyList<string> Ids { get; } = [Weighted, Equal, OfParts, OfBase];

    /// <summary>How unlike units are in what they are made up of. Who is nearest depends on the base, so the caller names it.</summary>
    /// <param name="counts">One row a unit, one column a part.</param>
    /// <param name="shareBase">What the counts are shares of: <see cref="Shares.RowSums"/> for the parts themselves, or numbers of persons.</param>
    /// <param name="distance">Half the sum of differences for shares that add up to 1, else the sum of differences.</param>
    public static Distances ByComposition(RowMatrix counts, ReadOnlySpan<double> shareBase, CompositionDistance distance) => Compositions.Distances(Shares.Of(counts, shareBase), distance);

    /// <summary>Every framework condition weighs the same: Euclidean distance of z-scores.</summary>
    public static Distances ByConditions(RowMatrix conditions) => Distances.Euclidean(ZScores.Of(conditions).Z);

    /// <summary>Framework conditions weigh by what they say about the share: standardised coefficients of its linear regression on them.</summary>
    public static Distances ByWeightedConditions(RowMatrix conditions, double[] shares, ReadOnlySpan<double> weights)
    {
        var design = new RowMatrix(conditions.Rows, conditions.Columns + 1);
        for (var i = 0; i < conditions.Rows; i++)
        {
            design[i, 0] = 1;
            conditions.Row(i).CopyTo(design.Row(i)[1..]);
        }

        return ModelWeighted.Of(conditions, LinearRegression.Fit(design, shares, weights).Coefficients.AsSpan(1), shares).Distances();
    }
}
