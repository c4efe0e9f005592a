using Fikspunkt.Statistics.Numerics;

namespace Fikspunkt.Statistics.Ranks;

/// <summary>How ranks move over specifications. Arrays follow the units.</summary>
/// <param name="Ranks">Units x specifications; ties share the middle rank.</param>
/// <param name="Best">Smallest rank.</param>
/// <param name="LowerQuartile">Type 7 quartile.</param>
/// <param name="Median">Median rank.</param>
/// <param name="UpperQuartile">Type 7 quartile.</param>
/// <param name="Worst">Largest rank.</param>
/// <param name="Mean">Mean rank.</param>
/// <param name="BestShare">Share of the specifications in which the rank is at most <paramref name="Places"/>.</param>
/// <param name="WorstShare">Share of the specifications in which the rank is above units - <paramref name="Places"/>.</param>
/// <param name="Places">How many places count as the best: the share of the units rounded down, at least 1.</param>
/// <param name="KendallW">Concordance corrected for ties: 1 = the same order everywhere, 0 = none; NaN when every specification ties all units.</param>
/// <param name="Spearman">Specifications x specifications; NaN where one of the two ties all units.</param>
/// <param name="MeanSpearman">Mean over pairs of specifications that have a correlation; NaN when there is none.</param>
/// <param name="MovesMost">The unit with the largest range of ranks; of several, the one with the largest standard deviation, then the first.</param>
public sealed record RankStabilityResult(
    RowMatrix Ranks,
    double[] Best,
    double[] LowerQuartile,
    double[] Median,
    double[] UpperQuartile,
    double[] Worst,
    double[] Mean,
    double[] BestShare,
    double[] WorstShare,
    int Places,
    double KendallW,
    RowMatrix Spearman,
    double MeanSpearman,
    int MovesMost);

/// <summary>How far ranks depend on the specification: the same units ranked by several sets of values.</summary>
/// <remarks>Kendall's W with ties: Kendall and Gibbons, Rank Correlation Methods (5th ed. 1990), chapter 6; Spearman's correlation is that of the
/// mid-ranks. Says how much the choice of specification matters, not how uncertain one specification is. Deterministic.</remarks>
public static class RankStability
{
    /// <summary>Compares ranks.</summary>
    /// <param name="values">Units x specifications.</param>
    /// <param name="best">Which end has rank 1, in each specification.</param>
    /// <param name="share">The share of units that counts as the best (and as the worst), above 0 and up to 1.</param>
    /// <exception cref="InvalidValueException">NaN or infinity: a unit without a value in one specification has to be left out of all.</exception>
    /// <exception cref="TooFewUnitsException">Fewer than two units.</exception>
    /// <exception cref="ArgumentException">No specification, or a share out of range.</exception>
    public static RankStabilityResult Of(RowMatrix values, RankOrder best, double share = 0.25)
    {
        Check.Finite(values.Values, nameof(values), Math.Max(1, values.Columns));
        if (!(share > 0 && share <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(share), share, "The share lies above 0 and up to 1.");
        }

        var (n, m) = (values.Rows, values.Columns);
        if (m == 0)
        {
            throw new ArgumentException("There is no specification.", nameof(values));
        }

        if (n < 2)
        {
            throw new TooFewUnitsException(n, 2);
        }

        var ranks = new RowMatrix(n, m);
        for (var specification = 0; specification < m; specification++)
        {
            var column = RankOf.Integer(Column(values, specification), best, omega: 0.5);
            for (var unit = 0; unit < n; unit++)
            {
                ranks[unit, specification] = column[unit];
            }
        }

        var places = Math.Max(1, (int)Math.Floor((share * n) + 1e-9));
        double[] OfEach(Func<double[], double> summary) => [.. Enumerable.Range(0, n).Select(unit => summary(ranks.Row(unit).ToArray()))];
        var (spearman, meanSpearman) = Correlations(ranks);
        return new RankStabilityResult(
            ranks,
            OfEach(row => row.Min()),
            OfEach(row => Quantiles.Type7InPlace(row, 0.25)),
            OfEach(row => Quantiles.Type7InPlace(row, 0.5)),
            OfEach(row => Quantiles.Type7InPlace(row, 0.75)),
            OfEach(row => row.Max()),
            OfEach(row => row.Average()),
            OfEach(row => row.Count(rank => rank <= places) / (double)m),
            OfEach(row => row.Count(rank => rank > n - places) / (double)m),
            places,
            Concordance(ranks),
            spearman,
            meanSpearman,
            MovesMost(ranks));
    }

    private static double Concordance(RowMatrix ranks)
    {
        var (n, m) = (ranks.Rows, ranks.Columns);
        var (spread, most) = (default(CompensatedSum), default(CompensatedSum));
        for (var unit = 0; unit < n; unit++)
        {
            var sum = default(CompensatedSum);
            foreach (var rank in ranks.Row(unit))
            {
                sum.Add(rank - (0.5 * (n + 1)));
                most.Add((rank - (0.5 * (n + 1))) * (rank - (0.5 * (n + 1))));
            }

            spread.Add(sum.Value * sum.Value);
        }

        // Complete agreement would give m times the spread of the ranks that there are, ties included.
        return most.Value == 0 ? double.NaN : spread.Value / (m * most.Value);
    }

    private static (RowMatrix Spearman, double Mean) Correlations(RowMatrix ranks)
    {
        var (n, m) = (ranks.Rows, ranks.Columns);
        var columns = Enumerable.Range(0, m).Select(column => Array.ConvertAll(Column(ranks, column), rank => rank - (0.5 * (n + 1)))).ToArray();
        var spearman = new RowMatrix(m, m);
        var (sum, pairs) = (default(CompensatedSum), 0);
        for (var a = 0; a < m; a++)
        {
            for (var b = 0; b <= a; b++)
            {
                var spread = Math.Sqrt(CompensatedSum.OfSquares(columns[a]) * CompensatedSum.OfSquares(columns[b]));
                var value = spread == 0 ? double.NaN : CompensatedSum.OfProducts(columns[a], columns[b]) / spread;
                (spearman[a, b], spearman[b, a]) = (value, value);
                if (b < a && spread > 0)
                {
                    sum.Add(value);
                    pairs++;
                }
            }
        }

        return (spearman, pairs == 0 ? double.NaN : sum.Value / pairs);
    }

    private static int MovesMost(RowMatrix ranks) => Enumerable.Range(0, ranks.Rows).MaxBy(unit =>
    {
        var row = ranks.Row(unit).ToArray();
        var mean = row.Average();
        return (row.Max() - row.Min(), row.Sum(rank => (rank - mean) * (rank - mean)));
    });

    private static double[] Column(RowMatrix matrix, int column) => [.. Enumerable.Range(0, matrix.Rows).Select(row => matrix[row, column])];
}
