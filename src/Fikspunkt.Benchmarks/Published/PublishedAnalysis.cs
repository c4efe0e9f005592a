using Fikspunkt.Domain;

namespace Fikspunkt.Benchmarks.Published;

/// <summary>What counts as noise when a published difference is judged. The two views answer different questions; neither is "the" answer.</summary>
public enum NoiseView
{
    /// <summary>Chance among individuals: which persons happened to be on benefits this year, the expected figure taken as given.</summary>
    Chance,

    /// <summary>Persistence: whatever does not last from one year to the next, whether chance, economy or effort.</summary>
    Persistence,
}

/// <summary>What is let move, and nothing else, when rank shifts between two releases are simulated.</summary>
public enum MovementNoise
{
    /// <summary>Every individual's year is drawn anew (chance view).</summary>
    Chance,

    /// <summary>The part of the observed movement that shrinks with the size of the municipality: the chance that was really renewed.</summary>
    RenewedChance,

    /// <summary>All movement of the observed size (persistence view); close to the observed shift by construction.</summary>
    Persistence,
}

/// <summary>Where the factor on the binomial variance comes from.</summary>
public enum OverdispersionBasis
{
    /// <summary>Fixed by the model.</summary>
    Fixed,

    /// <summary>Estimated from the movement between releases that do not overlap.</summary>
    Movement,

    /// <summary>1, because the movement gave less: persons who stay on benefits carry their chance with them, so movement cannot show all of it.</summary>
    Floor,
}

/// <summary>What a published list of expected against actual leaves out. Shares are fractions of the population (0.07 = 7 per cent).</summary>
/// <param name="Noise">How much noise each view found, by view, outcome.</param>
/// <param name="Summaries">Head counts by view, outcome (spec order), period.</param>
/// <param name="Positions">Every municipality's position, by view, outcome, period, area code.</param>
/// <param name="Rounding">What the rounding of the published figures leaves open, by outcome, period, area code.</param>
/// <param name="RoundingSummaries">Head counts of the above, by outcome, period.</param>
/// <param name="Movements">How far ranks move between two releases, by outcome, first, second release.</param>
/// <param name="Regressions">Regression to the mean, by outcome, first, second release, noise.</param>
/// <param name="FallBacks">The ten best and ten worst of each release in a later one, by outcome, first, second release, end, rank.</param>
/// <param name="NationalSums">National sums by outcome, period.</param>
/// <param name="Sensitivity">What other factors on the binomial variance would say, by outcome, period, factor.</param>
public sealed record PublishedAnalysis(
    IReadOnlyList<PublishedNoise> Noise,
    IReadOnlyList<PublishedSummary> Summaries,
    IReadOnlyList<PublishedPosition> Positions,
    IReadOnlyList<RoundingPosition> Rounding,
    IReadOnlyList<RoundingSummary> RoundingSummaries,
    IReadOnlyList<RankMovement> Movements,
    IReadOnlyList<MeanRegression> Regressions,
    IReadOnlyList<FallBack> FallBacks,
    IReadOnlyList<NationalSum> NationalSums,
    IReadOnlyList<OverdispersionCase> Sensitivity);

/// <summary>The noise that a view found in one outcome: variance = <paramref name="Common"/> + <paramref name="Overdispersion"/> * p(1 - p) / n (+ rounding).</summary>
/// <param name="View">View.</param>
/// <param name="Outcome">Outcome id.</param>
/// <param name="Overdispersion">Factor on the binomial variance.</param>
/// <param name="Common">The part of the variance that does not shrink with the size of the municipality (share squared); 0 in the chance view.</param>
/// <param name="Basis">Where the factor comes from.</param>
/// <param name="Estimate">The factor that the movement between releases a year apart gives; NaN without such releases.</param>
/// <param name="MovementHalfYear">Mean squared change of the difference between releases that overlap by half (share squared, net of the common change).</param>
/// <param name="MovementYear">The same between releases a year apart, which do not overlap.</param>
/// <param name="MovementLonger">The same between releases three half-years apart; NaN where there are none.</param>
/// <param name="OverlapRatio"><paramref name="MovementYear"/> / <paramref name="MovementHalfYear"/>: 2 when every half-year is drawn anew, 3 when positions wander (random walk).</param>
public sealed record PublishedNoise(
    NoiseView View,
    string Outcome,
    double Overdispersion,
    double Common,
    OverdispersionBasis Basis,
    double Estimate,
    double MovementHalfYear,
    double MovementYear,
    double MovementLonger,
    double OverlapRatio);

/// <summary>Head counts for one view, outcome and period.</summary>
/// <param name="View">View.</param>
/// <param name="Outcome">Outcome id.</param>
/// <param name="Period">Release.</param>
/// <param name="Units">Municipalities.</param>
/// <param name="Better">How many are better than expected.</param>
/// <param name="AsExpected">How many cannot be told from expected.</param>
/// <param name="Worse">How many are worse than expected.</param>
/// <param name="Mean">Precision-weighted mean difference (share).</param>
/// <param name="BetweenVariance">Variance of true differences between municipalities (share squared).</param>
/// <param name="Reliability">Share of the variance of the differences that is not noise, 0-1.</param>
/// <param name="MeanRankSetWidth">Mean number of ranks in a marginal rank set.</param>
/// <param name="MeanRankSetWidthSimultaneous">Mean number of ranks in a simultaneous rank set.</param>
/// <param name="PossiblyBest">How many could be the best (simultaneous).</param>
/// <param name="PossiblyWorst">How many could be the worst (simultaneous).</param>
public sealed record PublishedSummary(
    NoiseView View,
    string Outcome,
    Period Period,
    int Units,
    int Better,
    int AsExpected,
    int Worse,
    double Mean,
    double BetweenVariance,
    double Reliability,
    double MeanRankSetWidth,
    double MeanRankSetWidthSimultaneous,
    int PossiblyBest,
    int PossiblyWorst);

/// <summary>One municipality's position under one view.</summary>
/// <param name="View">View.</param>
/// <param name="Outcome">Outcome id.</param>
/// <param name="Period">Release.</param>
/// <param name="Area">Municipality code.</param>
/// <param name="Difference">Actual - expected (share).</param>
/// <param name="StandardError">Standard error of the difference under the view, rounding included.</param>
/// <param name="Lower">Lower end of the interval.</param>
/// <param name="Upper">Upper end of the interval.</param>
/// <param name="Class">Significance class.</param>
/// <param name="Rank">1 = most below expected; ties share the smallest rank.</param>
/// <param name="RankLower">Best rank in the marginal confidence set.</param>
/// <param name="RankUpper">Worst rank in the marginal confidence set.</param>
/// <param name="RankLowerSimultaneous">Best rank in the simultaneous confidence set.</param>
/// <param name="RankUpperSimultaneous">Worst rank in the simultaneous confidence set.</param>
/// <param name="Shrunken">Empirical Bayes estimate of the difference.</param>
/// <param name="ShrunkenStandardError">Its posterior standard deviation.</param>
/// <param name="NotToldApart">Codes of the other municipalities whose difference from this one is not significant when all pairs are judged at once, in code order.</param>
public sealed record PublishedPosition(
    NoiseView View,
    string Outcome,
    Period Period,
    string Area,
    double Difference,
    double StandardError,
    double Lower,
    double Upper,
    SignificanceClass Class,
    int Rank,
    int RankLower,
    int RankUpper,
    int RankLowerSimultaneous,
    int RankUpperSimultaneous,
    double Shrunken,
    double ShrunkenStandardError,
    IReadOnlyList<string> NotToldApart);

/// <summary>What rounding alone leaves open for one municipality: persons are published in tens, shares with two decimals.</summary>
/// <param name="Outcome">Outcome id.</param>
/// <param name="Period">Release.</param>
/// <param name="Area">Municipality code.</param>
/// <param name="PublishedDifference">The published difference as a share (0.0020 = 0.20 percentage points).</param>
/// <param name="Lowest">The lowest difference that every published figure together allows.</param>
/// <param name="Highest">The highest such difference.</param>
/// <param name="PublishedRank">The published rank, or <see langword="null"/> where none is published.</param>
/// <param name="RankFirst">The best rank that the published rounded difference gives (ties all share it).</param>
/// <param name="RankLast">The worst rank that the published rounded difference gives (= best unless tied).</param>
/// <param name="PossibleFirst">The best rank that the rounding of all figures allows.</param>
/// <param name="PossibleLast">The worst rank that the rounding of all figures allows.</param>
public sealed record RoundingPosition(
    string Outcome,
    Period Period,
    string Area,
    double PublishedDifference,
    double Lowest,
    double Highest,
    int? PublishedRank,
    int RankFirst,
    int RankLast,
    int PossibleFirst,
    int PossibleLast)
{
    /// <summary>Whether another municipality has the same published difference.</summary>
    public bool Tied => RankLast > RankFirst;

    /// <summary>Whether the published rank follows from the published differences without a tie.</summary>
    public bool Reproduced => !Tied && PublishedRank == RankFirst;

    /// <summary>Whether the published rank lies among the ranks that rounding allows (also when none is published).</summary>
    public bool Possible => PublishedRank is not { } rank || (rank >= PossibleFirst && rank <= PossibleLast);
}

/// <summary>Head counts of <see cref="RoundingPosition"/>.</summary>
/// <param name="Outcome">Outcome id.</param>
/// <param name="Period">Release.</param>
/// <param name="Units">Municipalities.</param>
/// <param name="Tied">How many share their published difference with another one.</param>
/// <param name="Reproduced">How many published ranks follow from the published differences without a tie.</param>
/// <param name="WithinTie">How many published ranks lie within the ranks of their tie (the reproduced ones included).</param>
/// <param name="Impossible">How many published ranks lie outside what rounding allows.</param>
/// <param name="MeanPossibleWidth">Mean number of ranks that rounding allows.</param>
/// <param name="WidestPossible">The largest number of ranks that rounding allows one municipality.</param>
/// <param name="Contradictions">Pairs of municipalities whose published ranks and published differences stand in opposite order.</param>
/// <param name="ContradictionsExpected">How many such pairs there should be if the ranks rested on unrounded figures.</param>
public sealed record RoundingSummary(
    string Outcome,
    Period Period,
    int Units,
    int Tied,
    int Reproduced,
    int WithinTie,
    int Impossible,
    double MeanPossibleWidth,
    int WidestPossible,
    int Contradictions,
    double ContradictionsExpected);

/// <summary>How far ranks move between two releases, and how far noise alone would move them if nothing had really changed.</summary>
/// <param name="Outcome">Outcome id.</param>
/// <param name="From">First release.</param>
/// <param name="To">Second release.</param>
/// <param name="Overlap">Share of the first release's year that the second one also covers.</param>
/// <param name="Units">Municipalities.</param>
/// <param name="MeanShift">Mean absolute rank shift.</param>
/// <param name="MedianShift">Median absolute rank shift.</param>
/// <param name="UpperDecileShift">The shift that nine in ten stay within.</param>
/// <param name="LargestShift">The largest shift.</param>
/// <param name="PublishedMeanShift">Mean absolute shift of the published ranks; NaN where none are published.</param>
/// <param name="Correlation">Pearson correlation of the differences.</param>
/// <param name="Shifts">Number of municipalities by absolute shift: index 0 = 0 places, 1 = 1-5, 2 = 6-10, 3 = 11-20, 4 = 21-40, 5 = more.</param>
/// <param name="Noise">What each kind of noise alone gives.</param>
public sealed record RankMovement(
    string Outcome,
    Period From,
    Period To,
    double Overlap,
    int Units,
    double MeanShift,
    double MedianShift,
    double UpperDecileShift,
    int LargestShift,
    double PublishedMeanShift,
    double Correlation,
    IReadOnlyList<int> Shifts,
    IReadOnlyList<NoiseShift> Noise);

/// <summary>Rank shift from noise alone, simulated.</summary>
/// <param name="Noise">What moves.</param>
/// <param name="MeanShift">Mean over the replications of the mean absolute shift.</param>
/// <param name="Lower">2.5th percentile of the mean shift over the replications.</param>
/// <param name="Upper">97.5th percentile.</param>
/// <param name="Share"><paramref name="MeanShift"/> / observed mean shift.</param>
/// <param name="Shifts">Mean number of municipalities by absolute shift, classes as in <see cref="RankMovement.Shifts"/>.</param>
public sealed record NoiseShift(MovementNoise Noise, double MeanShift, double Lower, double Upper, double Share, IReadOnlyList<double> Shifts);

/// <summary>Regression to the mean between two releases: how the change depends on the level.</summary>
/// <param name="Outcome">Outcome id.</param>
/// <param name="From">First release.</param>
/// <param name="To">Second release.</param>
/// <param name="Noise">What moves.</param>
/// <param name="Slope">Observed slope of the change on the first level: 0 = positions keep, -1 = nothing of a position is left.</param>
/// <param name="SlopeStandardError">Its ordinary least squares standard error.</param>
/// <param name="ExpectedSlope">The slope that the noise alone gives if nothing else had changed.</param>
/// <param name="Reliability">Share of the first release's variance that is not noise of this kind.</param>
public sealed record MeanRegression(
    string Outcome,
    Period From,
    Period To,
    MovementNoise Noise,
    double Slope,
    double SlopeStandardError,
    double ExpectedSlope,
    double Reliability);

/// <summary>Which end of the list.</summary>
public enum ListEnd
{
    /// <summary>The ten best.</summary>
    Top,

    /// <summary>The ten worst.</summary>
    Bottom,
}

/// <summary>One of the ten best or worst of a release, and where it stood in a later one.</summary>
/// <param name="Outcome">Outcome id.</param>
/// <param name="From">First release.</param>
/// <param name="To">Second release.</param>
/// <param name="End">Which end of the first release's list.</param>
/// <param name="Area">Municipality code.</param>
/// <param name="Rank">Rank in the first release.</param>
/// <param name="Difference">Difference in the first release.</param>
/// <param name="LaterRank">Rank in the second release.</param>
/// <param name="LaterDifference">Difference in the second release.</param>
/// <param name="ExpectedChance">The later difference to expect if only chance among individuals moves (mean of the later release + shrunken distance from the mean).</param>
/// <param name="ExpectedPersistence">The same in the persistence view.</param>
public sealed record FallBack(
    string Outcome,
    Period From,
    Period To,
    ListEnd End,
    string Area,
    int Rank,
    double Difference,
    int LaterRank,
    double LaterDifference,
    double ExpectedChance,
    double ExpectedPersistence);

/// <summary>National sums of the published persons. They need not agree: then "better than expected" need not hold for half.</summary>
/// <param name="Outcome">Outcome id.</param>
/// <param name="Period">Release.</param>
/// <param name="Expected">Sum of expected persons.</param>
/// <param name="Actual">Sum of actual persons.</param>
/// <param name="Population">Sum of the populations that the shares imply.</param>
public sealed record NationalSum(string Outcome, Period Period, double Expected, double Actual, double Population)
{
    /// <summary>Actual - expected, persons.</summary>
    public double Difference => Actual - Expected;
}

/// <summary>What the chance view would say with another factor on the binomial variance.</summary>
/// <param name="Outcome">Outcome id.</param>
/// <param name="Period">Release.</param>
/// <param name="Overdispersion">The factor.</param>
/// <param name="Better">How many would be better than expected.</param>
/// <param name="AsExpected">How many could not be told from expected.</param>
/// <param name="Worse">How many would be worse than expected.</param>
/// <param name="Reliability">Share of the variance of the differences that is not noise.</param>
/// <param name="MeanRankSetWidth">Mean number of ranks in a marginal rank set.</param>
/// <param name="MeanRankSetWidthSimultaneous">Mean number of ranks in a simultaneous rank set.</param>
/// <param name="PossiblyBest">How many could be the best (simultaneous).</param>
public sealed record OverdispersionCase(
    string Outcome,
    Period Period,
    double Overdispersion,
    int Better,
    int AsExpected,
    int Worse,
    double Reliability,
    double MeanRankSetWidth,
    double MeanRankSetWidthSimultaneous,
    int PossiblyBest);
