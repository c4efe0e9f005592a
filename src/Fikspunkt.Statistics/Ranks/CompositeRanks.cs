using Fikspunkt.Statistics.Numerics;

namespace Fikspunkt.Statistics.Ranks;

/// <summary>How several figures become one order.</summary>
public enum CompositeRule
{
    /// <summary>The sum of the ranks; the lowest is best.</summary>
    RankSum,

    /// <summary>The mean of the z-scores (n - 1), turned so that the lowest is best; a figure that is the same for all counts 0.</summary>
    MeanZ,

    /// <summary>In how many figures the unit is in the best third (rank times 3 at most the units); the most is best. The score is minus the number.</summary>
    TopThirds,
}

/// <summary>How composite ranks are made.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Omega">Ties in a figure: 0 = the smallest rank, 0.5 = the middle, 1 = the largest (<see cref="RankOf.Integer"/>).</param>
/// <param name="Draws">Simulation draws.</param>
/// <param name="Seed">Seed of the draws.</param>
/// <param name="Coverage">Probability of the intervals, strictly between 0 and 1.</param>
/// <param name="Threads">Threads to use; 0 = one per processor.</param>
public sealed record CompositeRankOptions(
    CompositeRule Rule = CompositeRule.RankSum, double Omega = 0, int Draws = 10_000, long Seed = 1, double Coverage = 0.95, int Threads = 0);

/// <summary>Composite ranks. Arrays follow the units.</summary>
/// <param name="Ranks">Units x figures: rank in each figure among the units that have it; NaN where the figure is missing.</param>
/// <param name="Score">What the overall order goes by; the lowest is best; NaN for a unit that lacks a figure.</param>
/// <param name="Rank">Overall rank, ties share the smallest; 0 for a unit that lacks a figure.</param>
/// <param name="Lower">Best overall rank that the simulation allows; 0 as <paramref name="Rank"/>.</param>
/// <param name="Upper">Worst overall rank that it allows; 0 as <paramref name="Rank"/>.</param>
/// <param name="FirstProbability">Share of the draws in which the unit is first (shared first places count in full).</param>
public sealed record CompositeRankResult(RowMatrix Ranks, double[] Score, int[] Rank, int[] Lower, int[] Upper, double[] FirstProbability);

/// <summary>One order from several figures, and how far chance in the figures moves it.</summary>
/// <remarks>
/// Each draw adds independent normal errors to all figures and ranks anew; the interval runs from the (1 - coverage) / 2 to the (1 + coverage) / 2
/// quantile of a unit's overall ranks (type 1: a rank that occurred), and holds the rank itself. Drawn ranks are drawn towards the middle, since the
/// errors come on top of those already in the figures; units at the ends are therefore covered less than stated. For one figure use
/// <see cref="RankConfidence"/>, which has its coverage. Any number of threads gives the same bits.
/// </remarks>
public static class CompositeRanks
{
    /// <summary>Ranks units.</summary>
    /// <param name="values">Units x figures; NaN = missing.</param>
    /// <param name="errors">Standard errors in the same shape, not below 0; <see langword="null"/> = the figures are exact.</param>
    /// <param name="best">Which end of each figure has rank 1.</param>
    /// <param name="options">Rule, ties, draws.</param>
    /// <exception cref="InvalidValueException">An infinite value; an error that is negative, infinite or missing beside a figure.</exception>
    /// <exception cref="ArgumentException">Shapes do not match, or an option is out of range.</exception>
    public static CompositeRankResult Of(RowMatrix values, RowMatrix? errors, IReadOnlyList<RankOrder> best, CompositeRankOptions options)
    {
        Require(values, errors, best, options);
        var (n, k) = (values.Rows, values.Columns);
        int[] whole = [.. Enumerable.Range(0, n).Where(unit => Enumerable.Range(0, k).All(figure => !double.IsNaN(values[unit, figure])))];
        var ranks = Ranked(values, best, options.Omega);
        var (score, rank) = Overall(values, ranks, whole, best, options.Rule);
        var (lower, upper, first) = ((int[])rank.Clone(), (int[])rank.Clone(), new double[n]);
        if (errors is null)
        {
            return new CompositeRankResult(ranks, score, rank, lower, upper, [.. rank.Select(place => place == 1 ? 1.0 : 0)]);
        }

        var drawn = new int[options.Draws][];
        var random = new CounterRandom(options.Seed);
        Threading.For(options.Draws, options.Threads, draw =>
        {
            var moved = new RowMatrix(n, k);
            random.Normals(draw, moved.Values);
            for (var i = 0; i < moved.Values.Length; i++)
            {
                moved.Values[i] = values.Values[i] + (errors.Values[i] * moved.Values[i]);
            }

            drawn[draw] = Overall(moved, Ranked(moved, best, options.Omega), whole, best, options.Rule).Rank;
        });
        foreach (var unit in whole)
        {
            var places = Array.ConvertAll(drawn, draw => draw[unit]);
            Array.Sort(places);
            lower[unit] = Math.Min(rank[unit], Quantile(places, (1 - options.Coverage) / 2));
            upper[unit] = Math.Max(rank[unit], Quantile(places, (1 + options.Coverage) / 2));
            first[unit] = (double)places.Count(place => place == 1) / options.Draws;
        }

        return new CompositeRankResult(ranks, score, rank, lower, upper, first);
    }

    private static void Require(RowMatrix values, RowMatrix? errors, IReadOnlyList<RankOrder> best, CompositeRankOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.Draws, nameof(options));
        ArgumentOutOfRangeException.ThrowIfNegative(options.Threads, nameof(options));
        if (!(options.Coverage > 0 && options.Coverage < 1) || !Enum.IsDefined(options.Rule))
        {
            throw new ArgumentOutOfRangeException(nameof(options), options, "The coverage lies strictly between 0 and 1, and the rule is one of those that are named.");
        }

        Check.SameLength(values.Columns, best.Count, nameof(best));
        if (errors is not null)
        {
            Check.SameLength(values.Values.Length, errors.Values.Length, nameof(errors));
        }

        for (var i = 0; i < values.Values.Length; i++)
        {
            var (row, column) = (i / values.Columns, i % values.Columns);
            if (double.IsInfinity(values.Values[i]))
            {
                throw new InvalidValueException(nameof(values), row, column, values.Values[i], Requirement.FiniteOrMissing);
            }

            if (errors is not null && !double.IsNaN(values.Values[i]) && !(errors.Values[i] >= 0 && double.IsFinite(errors.Values[i])))
            {
                throw new InvalidValueException(nameof(errors), row, column, errors.Values[i], Requirement.NotBelowZero);
            }
        }
    }

    // A type 1 quantile of sorted places.
    private static int Quantile(int[] sorted, double p) => sorted[Math.Clamp((int)Math.Ceiling((p * sorted.Length) - 1e-9) - 1, 0, sorted.Length - 1)];

    private static RowMatrix Ranked(RowMatrix values, IReadOnlyList<RankOrder> best, double omega)
    {
        var ranks = new RowMatrix(values.Rows, values.Columns);
        Array.Fill(ranks.Values, double.NaN);
        for (var figure = 0; figure < values.Columns; figure++)
        {
            int[] known = [.. Enumerable.Range(0, values.Rows).Where(unit => !double.IsNaN(values[unit, figure]))];
            var own = RankOf.Integer(Array.ConvertAll(known, unit => values[unit, figure]), best[figure], omega);
            for (var i = 0; i < known.Length; i++)
            {
                ranks[known[i], figure] = own[i];
            }
        }

        return ranks;
    }

    private static (double[] Score, int[] Rank) Overall(RowMatrix values, RowMatrix ranks, int[] whole, IReadOnlyList<RankOrder> best, CompositeRule rule)
    {
        var (score, rank) = (new double[values.Rows], new int[values.Rows]);
        Array.Fill(score, double.NaN);
        var z = rule == CompositeRule.MeanZ ? Standardised(values, best) : null;
        foreach (var unit in whole)
        {
            var figures = Enumerable.Range(0, values.Columns);
            score[unit] = rule switch
            {
                CompositeRule.RankSum => figures.Sum(figure => ranks[unit, figure]),
                CompositeRule.MeanZ => figures.Sum(figure => z![unit, figure]) / Math.Max(1, values.Columns),
                _ => -figures.Count(figure => 3 * ranks[unit, figure] <= Known(values, figure)),
            };
        }

        var places = RankOf.Smallest(Array.ConvertAll(whole, unit => score[unit]), RankOrder.Lowest);
        for (var i = 0; i < whole.Length; i++)
        {
            rank[whole[i]] = places[i];
        }

        return (score, rank);
    }

    private static int Known(RowMatrix values, int figure)
    {
        var known = 0;
        for (var unit = 0; unit < values.Rows; unit++)
        {
            known += double.IsNaN(values[unit, figure]) ? 0 : 1;
        }

        return known;
    }

    /// <summary>z-scores among the units that have the figure, the best lowest.</summary>
    private static RowMatrix Standardised(RowMatrix values, IReadOnlyList<RankOrder> best)
    {
        var z = new RowMatrix(values.Rows, values.Columns);
        for (var figure = 0; figure < values.Columns; figure++)
        {
            double[] known = [.. Enumerable.Range(0, values.Rows).Select(unit => values[unit, figure]).Where(value => !double.IsNaN(value))];
            var mean = known.Length > 0 ? CompensatedSum.Of(known) / known.Length : 0;
            var deviation = known.Length > 1 ? Math.Sqrt(CompensatedSum.OfSquares(Array.ConvertAll(known, value => value - mean)) / (known.Length - 1)) : 0;
            for (var unit = 0; unit < values.Rows; unit++)
            {
                z[unit, figure] = deviation > 0 ? (best[figure] == RankOrder.Lowest ? 1 : -1) * (values[unit, figure] - mean) / deviation : 0;
            }
        }

        return z;
    }
}
