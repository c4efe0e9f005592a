using Fikspunkt.Domain;
using Fikspunkt.Statistics;
using Fikspunkt.Statistics.Numerics;
using Fikspunkt.Statistics.Ranks;

namespace Fikspunkt.Benchmarks.Measurements;

/// <summary>A group of persons and how far it is from what it is compared with.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Difference">In percentage points; negative = behind.</param>
/// <param name="StandardError">Standard error; NaN where the source gives none.</param>
internal sealed record GroupGap(LocalizedText Name, double Difference, double StandardError = double.NaN);

/// <summary>Says which group lags most, made from the table itself so that text and table cannot part ways.</summary>
/// <remarks>
/// Without standard errors the table's order is told as that. With them, one group is named as the one that lags most only when it does so with all groups
/// compared at once (simultaneous rank sets, groups of different persons and so independent); else everyone who may be it is named.
/// </remarks>
internal static class GapSentences
{
    private const int Draws = 10_000;
    private const int Seed = 2026;

    /// <summary>The sentence.</summary>
    /// <param name="groups">The groups; not a total that holds the others.</param>
    /// <param name="coverage">Coverage of intervals and rank sets.</param>
    public static LocalizedText Largest(IReadOnlyList<GroupGap> groups, double coverage)
    {
        var ordered = groups.OrderBy(group => group.Difference).ToList();
        if (ordered.Count == 0 || !(ordered[0].Difference < 0))
        {
            return new("Ingen af grupperne ligger efter i tallene.", "None of the groups lags in the figures.");
        }

        return ordered.TrueForAll(group => double.IsFinite(group.StandardError) && group.StandardError > 0) ? Judged(ordered, coverage) : Told(ordered);
    }

    private static LocalizedText Told(List<GroupGap> ordered)
    {
        // The figures are as published, with one decimal or two: equal ones are equal in the table.
        var first = ordered.Where(group => group.Difference == ordered[0].Difference).ToList();
        var next = ordered.Skip(first.Count).TakeWhile(group => group.Difference < 0).Take(1).ToList();
        var (a, b) = (Names(first), Names(next));
        return next.Count == 0
            ? Bilingual.Of($"I tabellen er afstanden størst for {a.Da}. Usikkerheden er ikke oplyst.", $"In the table the gap is largest for {a.En}. The uncertainty is not given.")
            : Bilingual.Of(
                $"I tabellen er afstanden størst for {a.Da}, dernæst {b.Da}. Usikkerheden er ikke oplyst, så rækkefølgen er tabellens og ikke påvist.",
                $"In the table the gap is largest for {a.En}, then {b.En}. The uncertainty is not given, so the order is the table's and not established.");
    }

    private static LocalizedText Judged(List<GroupGap> ordered, double coverage)
    {
        var z = NormalDistribution.Quantile((1 + coverage) / 2);
        if (ordered[0].Difference + (z * ordered[0].StandardError) >= 0)
        {
            return Bilingual.Of($"Afstanden er i tallene størst for {Names(ordered[..1]).Da}, men den kan ikke skelnes fra nul.", $"In the figures the gap is largest for {Names(ordered[..1]).En}, but it cannot be told from zero.");
        }

        var candidates = ordered[..1];
        if (ordered.Count > 1)
        {
            var sets = RankConfidence.Sets(
                [.. ordered.Select(group => group.Difference)],
                RowMatrix.Diagonal([.. ordered.Select(group => group.StandardError * group.StandardError)]),
                new RankOptions(coverage, Draws, Seed, RankOrder.Lowest));
            candidates = [.. ordered.Where((_, i) => sets.SimultaneousLower[i] == 1)];
        }

        return candidates.Count <= 1
            ? Bilingual.Of($"Afstanden er størst for {Names(ordered[..1]).Da}, også når alle grupper sammenlignes på én gang.", $"The gap is largest for {Names(ordered[..1]).En}, also when all groups are compared at once.")
            : Bilingual.Of(
                $"Afstanden er i tallene størst for {Names(ordered[..1]).Da}, men usikkerheden tillader også {Names([.. candidates.Where(group => group != ordered[0])]).Da}.",
                $"In the figures the gap is largest for {Names(ordered[..1]).En}, but the uncertainty also allows {Names([.. candidates.Where(group => group != ordered[0])]).En}.");
    }

    private static LocalizedText Names(IReadOnlyList<GroupGap> groups)
    {
        var parts = groups.Select(group => Bilingual.Of($"{group.Name.Da} ({group.Difference:+0.0;−0.0;0.0} pct.point)", $"{group.Name.En} ({group.Difference:+0.0;−0.0;0.0} percentage points)")).ToList();
        return new(string.Join(" og ", parts.Select(part => part.Da)), string.Join(" and ", parts.Select(part => part.En)));
    }
}
