using Fikspunkt.Domain;
using Fikspunkt.Statistics.Numerics;

namespace Fikspunkt.Benchmarks.Measurements;

/// <summary>A group and how far it is from what it is compared with.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Difference">In percentage points; negative = behind.</param>
/// <param name="StandardError">Standard error; NaN where the source gives none.</param>
internal sealed record GroupGap(LocalizedText Name, double Difference, double StandardError = double.NaN);

/// <summary>What a gap is.</summary>
internal enum GapWording
{
    /// <summary>A group of persons lags behind those that it is compared with.</summary>
    Lag,

    /// <summary>More persons on a benefit than expected; a negative difference is shown as more.</summary>
    Above,

    /// <summary>Fewer persons on a benefit than expected.</summary>
    Below,
}

/// <summary>Says where the gap is largest, made from the table itself so that text and table cannot part ways.</summary>
/// <remarks>
/// Without standard errors the table's order is told as that. With them, one is named alone only when all comparisons at once rule out every other
/// (Bonferroni, half-widths added: right however the groups' errors go together, since benefits share persons and a model); else everyone who may be it is named.
/// </remarks>
internal static class GapSentences
{
    private const int NamedAtMost = 3;

    /// <summary>The sentence.</summary>
    /// <param name="groups">The groups; not a total that holds the others.</param>
    /// <param name="coverage">Coverage of intervals and of the comparison of all.</param>
    /// <param name="wording">What a gap is.</param>
    public static LocalizedText Largest(IReadOnlyList<GroupGap> groups, double coverage, GapWording wording = GapWording.Lag)
    {
        var ordered = groups.OrderBy(group => group.Difference).ToList();
        if (ordered.Count == 0 || !(ordered[0].Difference < 0))
        {
            return wording switch
            {
                GapWording.Above => new("Ingen af ydelserne har flere end ventet i tallene.", "None of the benefits has more than expected in the figures."),
                GapWording.Below => new("Ingen af ydelserne har færre end ventet i tallene.", "None of the benefits has fewer than expected in the figures."),
                _ => new("Ingen af grupperne ligger efter i tallene.", "None of the groups lags in the figures."),
            };
        }

        return ordered.TrueForAll(group => double.IsFinite(group.StandardError) && group.StandardError > 0) ? Judged(ordered, coverage, wording) : Told(ordered, wording);
    }

    private static LocalizedText Told(List<GroupGap> ordered, GapWording wording)
    {
        // The figures are as published, with one decimal or two: equal ones are equal in the table.
        var first = ordered.Where(group => group.Difference == ordered[0].Difference).ToList();
        var next = ordered.Skip(first.Count).TakeWhile(group => group.Difference < 0).Take(1).ToList();
        var (a, b, gap) = (Names(first, wording), Names(next, wording), Gap(wording));
        return next.Count == 0
            ? Bilingual.Of($"I tabellen er {gap.Da} størst for {a.Da}. Usikkerheden er ikke oplyst.", $"In the table {gap.En} is largest for {a.En}. The uncertainty is not given.")
            : Bilingual.Of(
                $"I tabellen er {gap.Da} størst for {a.Da}, dernæst {b.Da}. Usikkerheden er ikke oplyst, så rækkefølgen er tabellens og ikke påvist.",
                $"In the table {gap.En} is largest for {a.En}, then {b.En}. The uncertainty is not given, so the order is the table's and not established.");
    }

    private static LocalizedText Judged(List<GroupGap> ordered, double coverage, GapWording wording)
    {
        var (first, gap) = (Names(ordered[..1], wording), Gap(wording));
        if (ordered[0].Difference + (NormalDistribution.Quantile((1 + coverage) / 2) * ordered[0].StandardError) >= 0)
        {
            return Bilingual.Of($"I tallene er {gap.Da} størst for {first.Da}, men den kan ikke skelnes fra nul.", $"In the figures {gap.En} is largest for {first.En}, but it cannot be told from zero.");
        }

        var others = AlsoAllowed(ordered, coverage);
        var also = others.Count <= NamedAtMost ? Names(others, wording) : Bilingual.Of($"{others.Count} andre", $"{others.Count} others");
        return others.Count == 0
            ? Bilingual.Of($"I tallene er {gap.Da} størst for {first.Da}, også når alle sammenlignes på én gang og usikkerheden regnes med.", $"In the figures {gap.En} is largest for {first.En}, also when all are compared at once and the uncertainty is counted in.")
            : Bilingual.Of(
                $"I tallene er {gap.Da} størst for {first.Da}, men usikkerheden tillader også {also.Da}.",
                $"In the figures {gap.En} is largest for {first.En}, but the uncertainty also allows {also.En}.");
    }

    /// <summary>Who else may have the largest gap: those that nobody is established to be farther behind than.</summary>
    private static List<GroupGap> AlsoAllowed(List<GroupGap> ordered, double coverage)
    {
        var pairs = ordered.Count * (ordered.Count - 1) / 2;
        var z = pairs > 0 ? NormalDistribution.Quantile(1 - ((1 - coverage) / (2 * pairs))) : 0;
        return [.. ordered.Skip(1).Where(group => ordered.TrueForAll(other => group.Difference - other.Difference <= z * (group.StandardError + other.StandardError)))];
    }

    private static LocalizedText Gap(GapWording wording) => wording switch
    {
        GapWording.Above => new("afstanden over det ventede", "the distance above what is expected"),
        GapWording.Below => new("afstanden under det ventede", "the distance below what is expected"),
        _ => new("afstanden", "the gap"),
    };

    private static LocalizedText Names(IReadOnlyList<GroupGap> groups, GapWording wording) => Joined(
        [.. groups.Select(group => wording switch
        {
            GapWording.Lag => Bilingual.Of($"{group.Name.Da} ({group.Difference:+0.0;−0.0;0.0} pct.point)", $"{group.Name.En} ({group.Difference:+0.0;−0.0;0.0} percentage points)"),

            // Differences between benefits are a tenth of those between groups of persons.
            GapWording.Above => Bilingual.Of($"{group.Name.Da} ({-group.Difference:+0.00;−0.00;0.00} pct.point)", $"{group.Name.En} ({-group.Difference:+0.00;−0.00;0.00} percentage points)"),
            _ => Bilingual.Of($"{group.Name.Da} ({group.Difference:+0.00;−0.00;0.00} pct.point)", $"{group.Name.En} ({group.Difference:+0.00;−0.00;0.00} percentage points)"),
        })]);

    private static LocalizedText Joined(IReadOnlyList<LocalizedText> names) => new(string.Join(" og ", names.Select(name => name.Da)), string.Join(" and ", names.Select(name => name.En)));
}
