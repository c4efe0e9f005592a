using Fikspunkt.Domain;
using Fikspunkt.Statistics;
using Fikspunkt.Statistics.Numerics;
using Fikspunkt.Statistics.Ranks;

namespace Fikspunkt.Benchmarks.Measurements.Supervision;

/// <summary>A rule in force, with its shares where it can be judged.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Missing">Parameters that are not known.</param>
/// <param name="NotCounted">Parameters that the figures are not counted by.</param>
/// <param name="Shares">The shares of a focus goal that can be judged.</param>
/// <param name="Results">The results of a result goal that can be judged, by area; empty for others.</param>
internal sealed record JudgedRule(
    SupervisionRule Rule,
    IReadOnlyList<LocalizedText> Missing,
    IReadOnlyList<LocalizedText> NotCounted,
    IReadOnlyList<JudgedShare> Shares,
    IReadOnlyList<JudgedResult> Results)
{
    /// <summary>Why there is no verdict; <see langword="null"/> where there is one.</summary>
    public LocalizedText? WhyNot => Missing.Count > 0
        ? Because("mangler", "missing", Missing)
        : NotCounted.Count > 0 ? Because("tallene er optalt efter andet for", "the figures are counted by something else for", NotCounted) : null;

    /// <summary>Judges a rule.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="figures">Counts.</param>
    /// <param name="exempt">Municipalities that the goals for the effort do not bind.</param>
    /// <param name="benchmark">Actual against expected in the ministry's benchmark, the total.</param>
    /// <param name="confidence">Confidence of intervals.</param>
    public static JudgedRule Of(SupervisionRule rule, SupervisedFigures figures, IReadOnlySet<string> exempt, Func<IReadOnlyList<AreaResult>> benchmark, double confidence)
    {
        var (missing, notCounted) = (rule.Missing, rule.Kind == GoalKind.FocusGoal ? figures.NotCountedBy(rule) : []);
        return missing.Count > 0 || notCounted.Count > 0 ? new JudgedRule(rule, missing, notCounted, [], [])
            : rule.Kind == GoalKind.FocusGoal ? new JudgedRule(rule, [], [], [.. rule.Measures.Select(measure => JudgedShare.Of(rule, measure, figures, exempt, confidence))], [])
            : new JudgedRule(rule, [], [], [], [.. benchmark().Select(result => new JudgedResult(result, rule.LimitPercent!.Value / 100))]);
    }

    private static LocalizedText Because(string danish, string english, IReadOnlyList<LocalizedText> names)
    {
        var all = Bilingual.Join(", ", names);
        return new($"ingen dom: {danish} {all.Da}", $"no verdict: {english} {all.En}");
    }
}

/// <summary>A result against what the ministry's benchmark expects.</summary>
/// <param name="Result">Actual against expected.</param>
/// <param name="Limit">The highest difference allowed, as a share of the population.</param>
internal sealed record JudgedResult(AreaResult Result, double Limit)
{
    /// <summary>Whether the goal is missed: the actual figure is above the expected one by more than the limit.</summary>
    public bool Missed => Result.Difference > Limit;

    /// <summary>Confidence that the true difference is above the limit.</summary>
    public double Certainty => NormalDistribution.Cumulative((Result.Difference - Limit) / Result.StandardError);

    /// <summary>Full-time persons fewer that would bring the municipality down to the limit.</summary>
    public double PersonsOver => Math.Max(0, (Result.Difference - Limit) * Result.Exposure);

    /// <summary>Whether the interval leaves out the limit.</summary>
    public bool Sure => Result.Lower > Limit || Result.Upper < Limit;
}

/// <summary>One share of a focus goal in every municipality.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Measure">What counts as missed.</param>
/// <param name="ByArea">The shares, by municipality code; exempt municipalities have figures too, but are not judged.</param>
/// <param name="Positions">Positions of those judged, by code.</param>
internal sealed record JudgedShare(SupervisionRule Rule, GoalMeasure Measure, IReadOnlyDictionary<string, GoalShare> ByArea, IReadOnlyList<MeasuredPosition> Positions)
{
    /// <summary>The outcome's id.</summary>
    public string Id => $"{Rule.Id}-{Measure.ToString().ToLowerInvariant()}";

    /// <summary>What the share counts.</summary>
    public LocalizedText Name => Measure switch
    {
        GoalMeasure.Offers => Bilingual.Of($"færre end {Rule.MinimumOffers} tilbud", $"fewer than {Rule.MinimumOffers} {(Rule.MinimumOffers == 1 ? "offer" : "offers")}"),
        GoalMeasure.Conversations => Bilingual.Of($"færre end {Rule.MinimumConversations} samtaler", $"fewer than {Rule.MinimumConversations} conversations"),
        GoalMeasure.Neither => Bilingual.Of($"hverken {Rule.MinimumOffers} tilbud eller {Rule.MinimumConversations} samtaler", $"neither {Rule.MinimumOffers} {(Rule.MinimumOffers == 1 ? "offer" : "offers")} nor {Rule.MinimumConversations} conversations"),
        _ => Bilingual.Of($"ikke både {Rule.MinimumOffers} tilbud og {Rule.MinimumConversations} samtaler", $"not both {Rule.MinimumOffers} {(Rule.MinimumOffers == 1 ? "offer" : "offers")} and {Rule.MinimumConversations} conversations"),
    };

    /// <summary>What the share is of.</summary>
    public LocalizedText BaseName => Rule.Base == GoalBase.AllCitizens
        ? new("alle borgere i målgrupperne", "all citizens in the target groups")
        : new("borgere med længerevarende forløb", "citizens with a long course");

    /// <summary>Judges one share of a rule that lacks nothing.</summary>
    public static JudgedShare Of(SupervisionRule rule, GoalMeasure measure, SupervisedFigures figures, IReadOnlySet<string> exempt, double confidence)
    {
        var shares = figures.Counts.ToDictionary(counts => counts.Area, counts => GoalShare.Of(counts, measure, rule.Base!.Value, rule.LimitPercent!.Value / 100, confidence), StringComparer.Ordinal);
        var judged = new JudgedShare(rule, measure, shares, []);
        return judged with
        {
            Positions = RankedValues.Positions(judged.Id, figures.Period, [.. judged.Judged(exempt).Select(area => Value(area, shares[area], confidence))], RankOrder.Lowest, confidence),
        };
    }

    /// <summary>The municipalities that are judged, by code.</summary>
    public IEnumerable<string> Judged(IReadOnlySet<string> exempt) => ByArea.Where(pair => pair.Value.Verdict != GoalVerdict.Empty && !exempt.Contains(pair.Key)).Select(pair => pair.Key).Order(StringComparer.Ordinal);

    /// <summary>The distance to the limit as a figure to rank.</summary>
    public static RankedValue Value(string area, GoalShare share, double confidence) => new(
        area, share.Distance, share.StandardError(confidence), new Interval(share.Interval.Lower - share.Limit, share.Interval.Upper - share.Limit),
        share.Verdict switch
        {
            GoalVerdict.Above => "above-limit",
            GoalVerdict.Within => "within-limit",
            _ => "undecided",
        });
}
