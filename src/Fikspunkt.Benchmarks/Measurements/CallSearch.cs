using Fikspunkt.Benchmarks.Expected;
using Fikspunkt.Domain;
using Fikspunkt.Domain.Measurements;
using Fikspunkt.Statistics;
using Fikspunkt.Statistics.Groups;
using Fikspunkt.Statistics.Ranks;
using Fikspunkt.Statistics.Regression;
using MathNet.Numerics.Distributions;

namespace Fikspunkt.Benchmarks.Measurements;

/// <summary>Why nobody is named at a weak point.</summary>
internal enum NobodyReason
{
    /// <summary>Somebody is named.</summary>
    None,

    /// <summary>No other municipality is near enough.</summary>
    NobodyAlike,

    /// <summary>Some are alike; none of them is surely better.</summary>
    NobodyBetter,

    /// <summary>Some are alike and surely better now; none of them was so in every period.</summary>
    NobodyLasting,
}

/// <summary>Somebody to call. Areas by their place in the search.</summary>
/// <param name="Area">Who.</param>
/// <param name="Distance">How far, in standard deviations of the outcome.</param>
/// <param name="Parts">What each covariate adds to the squared distance.</param>
/// <param name="Persons">Persons fewer, if the municipality departed from its expectation as the one named does.</param>
/// <param name="PersonsAtLeast">Of those, how many at least, all pairs judged together.</param>
internal sealed record Call(int Area, double Distance, double[] Parts, double Persons, double PersonsAtLeast);

/// <summary>A weak point and who may be called about it.</summary>
/// <param name="Area">Whose.</param>
/// <param name="Lower">Lower end of the difference's interval.</param>
/// <param name="Upper">Upper end.</param>
/// <param name="Alike">How many are alike.</param>
/// <param name="Better">How many of those are surely better.</param>
/// <param name="Lasting">How many of those have been so in every period.</param>
/// <param name="Calls">The nearest of those.</param>
internal sealed record WeakPoint(int Area, double Lower, double Upper, int Alike, int Better, int Lasting, IReadOnlyList<Call> Calls)
{
    /// <summary>Why nobody is named.</summary>
    public NobodyReason Reason => Calls.Count > 0 ? NobodyReason.None
        : Better > 0 ? NobodyReason.NobodyLasting
        : Alike > 0 ? NobodyReason.NobodyBetter
        : NobodyReason.NobodyAlike;
}

/// <summary>One outcome's weak points.</summary>
internal sealed class CallSearch
{
    private readonly SummedDifferences[] differences;
    private readonly RankSets ranks;
    private readonly WeightedPositions places;

    private CallSearch(string id, LocalizedText name, Period period, SummedDifferences[] periods, RankSets sets, WeightedPositions positions, IReadOnlyList<WeakPoint> weak)
    {
        (Id, Name, Period, differences, ranks, places, Weak) = (id, name, period, periods, sets, positions, weak);
    }

    /// <summary>Outcome id.</summary>
    public string Id { get; }

    /// <summary>Outcome.</summary>
    public LocalizedText Name { get; }

    /// <summary>The latest period.</summary>
    public Period Period { get; }

    /// <summary>Number of periods looked at.</summary>
    public int Periods => differences.Length;

    /// <summary>The weak points, by area code.</summary>
    public IReadOnlyList<WeakPoint> Weak { get; }

    /// <summary>The latest differences.</summary>
    public SummedDifferences Latest => differences[^1];

    /// <summary>How much each covariate weighs.</summary>
    public double[] Weights => places.Weights;

    /// <summary>Looks for the weak points of one outcome, or of a sum of them.</summary>
    /// <exception cref="StatisticsException">What drives the outcome cannot be estimated.</exception>
    public static CallSearch Of(MeasurementSpec spec, FittedOutcomes fitted, string id, LocalizedText name, int[] outcomes)
    {
        SummedDifferences[] periods = [.. Enumerable.Range(0, fitted.Selected.Count).Select(period => fitted.Sum(outcomes, period))];
        var latest = periods[^1];
        var ranking = fitted.Spec.Ranking;
        var sets = latest.Sets(ranking, threads: 1);
        var positions = Positions(fitted, latest);
        var finder = new Finder(spec, latest, periods, sets, positions, ranking.Coverage);
        var weak = Enumerable.Range(0, latest.Areas.Count)
            .Where(area => latest.Interval(area, ranking.Coverage).Class == SignificanceClass.Worse)
            .Select(area => finder.At(area))
            .ToList();
        return new CallSearch(id, name, fitted.Selected[^1].Period, periods, sets, positions, weak);
    }

    /// <summary>Every area's place in the latest period.</summary>
    public IEnumerable<MeasuredPosition> Positions(double coverage) => Latest.Areas.Select((area, i) =>
    {
        var (lower, upper, @class) = Latest.Interval(i, coverage);
        return new MeasuredPosition(
            area, Id, Period, Latest.Difference(i), Math.Sqrt(Latest.Errors.Variance[i]), lower, upper,
            ranks.Rank[i], ranks.MarginalLower[i], ranks.MarginalUpper[i], Latest.Areas.Count, @class, null);
    });

    // What drives the outcome: a linear regression of its share on the model's covariates in the latest period.
    private static WeightedPositions Positions(FittedOutcomes fitted, SummedDifferences latest)
    {
        var columns = fitted.Selected[^1].Transformed;
        var covariates = new RowMatrix(latest.Units.Length, columns.Length);
        var design = new RowMatrix(latest.Units.Length, columns.Length + 1);
        for (var i = 0; i < latest.Units.Length; i++)
        {
            design[i, 0] = 1;
            for (var k = 0; k < columns.Length; k++)
            {
                covariates[i, k] = design[i, k + 1] = columns[k][latest.Units[i]];
            }
        }

        var fit = LinearRegression.Fit(design, latest.Actual, fitted.Spec.Estimator.WeightByExposure ? latest.Exposure : []);
        return ModelWeighted.Of(covariates, fit.Coefficients.AsSpan(1), latest.Actual);
    }

    /// <summary>Finds who may be called about one area's weak point.</summary>
    private sealed class Finder(MeasurementSpec spec, SummedDifferences latest, SummedDifferences[] periods, RankSets sets, WeightedPositions positions, double coverage)
    {
        private readonly Distances distances = positions.Distances();
        private readonly int nearest = (int)spec.Number("nearest");
        private readonly double farthest = spec.Number("farthest");
        private readonly int named = (int)spec.Number("named");
        private readonly double quantile = Normal.InvCDF(0, 1, coverage);

        // Where an area stands in each period; areas that a period lacks are not in it.
        private readonly Dictionary<string, int>[] at = Array.ConvertAll(periods, period => period.Areas.Select((area, i) => (area, i)).ToDictionary(pair => pair.area, pair => pair.i, StringComparer.Ordinal));

        public WeakPoint At(int area)
        {
            int[] alike = [.. Enumerable.Range(0, latest.Areas.Count).Where(other => other != area).OrderBy(other => distances[area, other]).Take(nearest).TakeWhile(other => distances[area, other] <= farthest)];
            int[] better = Array.FindAll(alike, other => sets.IsBetter(other, area));
            int[] lasting = Array.FindAll(better, other => IsBetterBefore(latest.Areas[area], latest.Areas[other]));
            var (lower, upper, _) = latest.Interval(area, coverage);
            return new WeakPoint(area, lower, upper, alike.Length, better.Length, lasting.Length, [.. lasting.Take(named).Select(other => Call(area, other))]);
        }

        private Call Call(int area, int other)
        {
            var gap = latest.Ranked[area] - latest.Ranked[other];
            var least = Math.Max(0, gap - (sets.CriticalValue * Error(latest, area, other)));
            var persons = latest.Exposure[area] * latest.RankUnit(area);
            return new Call(other, distances[area, other], positions.Parts(area, other), gap * persons, least * persons);
        }

        private bool IsBetterBefore(string area, string other)
        {
            for (var p = 0; p < periods.Length - 1; p++)
            {
                if (!at[p].TryGetValue(area, out var a) || !at[p].TryGetValue(other, out var b)
                    || periods[p].Ranked[a] - periods[p].Ranked[b] <= quantile * Error(periods[p], a, b))
                {
                    return false;
                }
            }

            return true;
        }

        private static double Error(SummedDifferences period, int a, int b) =>
            Math.Sqrt(Math.Max(0, period.RankErrors[a, a] + period.RankErrors[b, b] - (2 * period.RankErrors[a, b])));
    }
}
