using Fikspunkt.Benchmarks;
using Fikspunkt.Benchmarks.Measurements;
using Fikspunkt.Domain;
using Fikspunkt.Reports;

namespace Fikspunkt.Web.Charts;

/// <summary>Sentences about the country. None claims more than the intervals and rank sets allow.</summary>
internal static class NationalFindings
{
    /// <summary>How many surely differ, each way, and how many cannot be told.</summary>
    public static string Standings(NationalChoice choice)
    {
        if (choice.Benchmark is { } view)
        {
            return Findings.Differences(view.Model(Sight.Culture), choice.ShownResults);
        }

        var counts = NationalDiagrams.Counts(choice);
        return (choice.HasVerdicts ? Texts.FindingVerdicts : Texts.FindingHalves).With(Count(counts[0]), counts[2], counts[1]);
    }

    /// <summary>In how many regions those that surely differ lie; of a group of municipalities only how many there are.</summary>
    public static string Regions(NationalChoice choice)
    {
        if (choice.Peers.Areas is not null)
        {
            return Standings(choice);
        }

        var regions = choice.Sight.Content.Definitions.Municipalities.ToDictionary(municipality => municipality.Code, municipality => municipality.Region, StringComparer.Ordinal);
        int In(int standing) => choice.Shown.Where(one => one.Standing == standing).Select(one => regions.GetValueOrDefault(one.Area)).OfType<string>().Distinct(StringComparer.Ordinal).Count();
        return Texts.FindingMapRegions.With(choice.Standings[0], choice.Standings[2], In(0), In(2), regions.Values.Distinct(StringComparer.Ordinal).Count());
    }

    /// <summary>How wide the rank sets are.</summary>
    public static string Ranks(NationalChoice choice)
    {
        var widths = choice.Shown.Select(one => one.Upper - one.Lower + 1).Order().ToList();
        return choice.Shown.Count == 0 ? Texts.NothingPublished : Texts.FindingRanks.With(Count(choice.Shown.Count(one => one.Lower == 1)), widths[widths.Count / 2], choice.Everyone.Count);
    }

    /// <summary>Where the own municipality stands, with its uncertainty; <see langword="null"/> where it is not measured.</summary>
    public static string? Own(NationalChoice choice)
    {
        if (choice.Of(choice.Sight.Own) is not { } own)
        {
            return null;
        }

        if (choice.Benchmark?.Model(Sight.Culture) is { } model && own.Result is { } result)
        {
            return Findings.Position(model, result) + " " + Texts.OwnRank.With(own.Rank, choice.Everyone.Count, own.Lower, own.Upper);
        }

        return Texts.OwnPlaced.With(choice.Sight.Names.Municipality(own.Area), own.Rank, choice.Everyone.Count, own.Lower, own.Upper);
    }

    /// <summary>How the differences of those shown have changed since the period before, the largest first; empty where there is none.</summary>
    public static IReadOnlyList<PeriodChange> Changes(NationalChoice choice)
    {
        if (choice is not { Benchmark: { } view, Before: { } before })
        {
            return [];
        }

        var earlier = view.Content.Run.Results.Where(result => result.Outcome == choice.Outcome && result.Period == before).ToDictionary(result => result.Area, StringComparer.Ordinal);
        return [.. choice.ShownResults.Where(result => earlier.ContainsKey(result.Area)).Select(result => PeriodChange.Of(earlier[result.Area], result)).OrderByDescending(change => Math.Abs(change.Change)).ThenBy(change => change.Now.Area, StringComparer.Ordinal)];
    }

    /// <summary>What the changes say together; plainly that there is none where that is so.</summary>
    public static string Changed(NationalChoice choice, IReadOnlyList<PeriodChange> changes)
    {
        var (since, better, worse) = (Words.Period(choice.Before!.Value), changes.Count(change => change.Class == SignificanceClass.Better), changes.Count(change => change.Class == SignificanceClass.Worse));
        return better + worse == 0
            ? Texts.ChangesNone.With(since, changes.Count)
            : Texts.ChangesSome.With(since, Count(better), worse, changes.Count - better - worse);
    }

    private static string Count(int municipalities) => Texts.CountMunicipalities.With(municipalities);

    /// <summary>A sentence as it stands after a colon.</summary>
    public static string Lower(string sentence) => sentence.Length == 0 ? sentence : char.ToLower(sentence[0], Sight.Culture) + sentence[1..];
}
