using Fikspunkt.Statistics.Numerics;

namespace Fikspunkt.Statistics.Series;

/// <summary>Settings of a search for shifts of the mean.</summary>
public sealed record MeanShiftOptions
{
    /// <summary>Cost of one more shift, in variances. Default <see langword="null"/>: 2 log n, the BIC with the place and the new mean as parameters.</summary>
    public double? Penalty { get; init; }

    /// <summary>Fewest observations in a segment. Default 2.</summary>
    public int LeastLength { get; init; } = 2;

    /// <summary>Standard deviation of one value around its mean; <see langword="null"/> for the robust estimate from the differences of neighbours.</summary>
    public double? StandardDeviation { get; init; }
}

/// <summary>A stretch of the series with one mean.</summary>
/// <param name="From">First observation, from 0.</param>
/// <param name="Length">Number of observations.</param>
/// <param name="Mean">Their mean.</param>
/// <param name="StandardError">Standard deviation / sqrt(length): for a segment that was known beforehand.</param>
public readonly record struct MeanSegment(int From, int Length, double Mean, double StandardError);

/// <summary>A series cut where its mean shifts.</summary>
/// <param name="Segments">The stretches in the order of time; one if there is no shift.</param>
/// <param name="StandardDeviation">Standard deviation of one value that was used.</param>
/// <param name="Cost">Residual sum of squares in variances + penalty x shifts: the lowest possible; 0 when the standard deviation is 0.</param>
public sealed record MeanShiftResult(MeanSegment[] Segments, double StandardDeviation, double Cost)
{
    /// <summary>The first observation after each shift.</summary>
    public int[] Shifts => [.. Segments.Skip(1).Select(segment => segment.From)];
}

/// <summary>Shifts of the mean of a series: how many and where, by exact search.</summary>
/// <remarks>
/// Minimises the sum over segments of sum of (y - mean)^2 / sigma^2 + penalty x shifts over all ways to cut the series: optimal partitioning (Jackson et al., IEEE Signal
/// Processing Letters 12 (2005) 105-108) with the pruning of Killick, Fearnhead and Eckley (PELT), Journal of the American Statistical Association 107 (2012) 1590-1598. sigma is 1.4826 median |difference of
/// neighbours| / sqrt 2, which shifts hardly move; when more than half of the differences are 0, root mean squared difference / sqrt 2.
/// Values are taken as independent and normal around their mean: positive autocorrelation makes false shifts, so give a larger penalty then. Missing values are not allowed. Deterministic.
/// </remarks>
public static class MeanShifts
{
    /// <summary>Finds the shifts.</summary>
    /// <param name="values">Values in the order of time.</param>
    /// <param name="options">Penalty, shortest segment, standard deviation; <see langword="null"/> for the defaults.</param>
    /// <exception cref="InvalidValueException">NaN or infinity; a standard deviation that is not above 0; a negative penalty.</exception>
    /// <exception cref="TooFewUnitsException">Fewer values than 2 or than a segment needs.</exception>
    public static MeanShiftResult Find(ReadOnlySpan<double> values, MeanShiftOptions? options = null)
    {
        options ??= new MeanShiftOptions();
        Check.Finite(values, nameof(values));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.LeastLength, 1, nameof(options));
        var n = values.Length;
        if (n < Math.Max(2, options.LeastLength))
        {
            throw new TooFewUnitsException(n, Math.Max(2, options.LeastLength));
        }

        Check.Positive(options.StandardDeviation is { } given ? [given] : [], nameof(MeanShiftOptions.StandardDeviation));
        Check.Between(options.Penalty is { } asked ? [asked] : [], 0, double.MaxValue, nameof(MeanShiftOptions.Penalty));
        var sigma = options.StandardDeviation ?? Spread(values);
        var sums = new SegmentSums(values);
        if (sigma == 0)
        {
            return new MeanShiftResult([new MeanSegment(0, n, values[0], 0)], 0, 0);
        }

        var (starts, cost) = Cut(sums, n, sigma * sigma * (options.Penalty ?? (2 * Math.Log(n))), options.LeastLength);
        var segments = new MeanSegment[starts.Count];
        for (var i = 0; i < segments.Length; i++)
        {
            var length = (i + 1 < segments.Length ? starts[i + 1] : n) - starts[i];
            segments[i] = new MeanSegment(starts[i], length, sums.Mean(starts[i], starts[i] + length), sigma / Math.Sqrt(length));
        }

        return new MeanShiftResult(segments, sigma, cost / (sigma * sigma));
    }

    private static (List<int> Starts, double Cost) Cut(SegmentSums sums, int n, double penalty, int least)
    {
        var best = new double[n + 1];
        var last = new int[n + 1];
        Array.Fill(best, double.PositiveInfinity);
        best[0] = -penalty;
        var candidates = new List<int> { 0 };
        for (var end = least; end <= n; end++)
        {
            foreach (var start in candidates)
            {
                var cost = end - start >= least ? best[start] + sums.Squares(start, end) + penalty : double.PositiveInfinity;
                if (cost < best[end])
                {
                    (best[end], last[end]) = (cost, start);
                }
            }

            // A start that loses by more than a new segment costs cannot win later. With a least length the comparison must wait until that start
            // could be replaced by a segment from here, so it is only made for ends that far back.
            var from = end - least + 1;
            if (double.IsFinite(best[from]))
            {
                candidates.RemoveAll(start => best[start] + sums.Squares(start, from) > best[from]);
            }

            if (double.IsFinite(best[from]) && from > 0)
            {
                candidates.Add(from);
            }
        }

        var starts = new List<int>();
        for (var end = n; end > 0; end = last[end])
        {
            starts.Add(last[end]);
        }

        starts.Reverse();
        return (starts, best[n]);
    }

    private static double Spread(ReadOnlySpan<double> values)
    {
        var sizes = new double[values.Length - 1];
        for (var i = 0; i < sizes.Length; i++)
        {
            sizes[i] = Math.Abs(values[i + 1] - values[i]);
        }

        var squares = CompensatedSum.OfSquares(sizes);
        var median = Quantiles.Type7InPlace(sizes, 0.5);
        return median > 0 ? 1.482602218505602 * median / Math.Sqrt(2) : Math.Sqrt(squares / sizes.Length / 2);
    }

    /// <summary>Means and sums of squares of any stretch from running sums of the values less their median.</summary>
    private sealed class SegmentSums
    {
        private readonly double _centre;
        private readonly double[] _sums;
        private readonly double[] _squares;

        public SegmentSums(ReadOnlySpan<double> values)
        {
            _centre = Quantiles.Type7InPlace(values.ToArray(), 0.5);
            (_sums, _squares) = (new double[values.Length + 1], new double[values.Length + 1]);
            var (sum, square) = (new CompensatedSum(), new CompensatedSum());
            for (var i = 0; i < values.Length; i++)
            {
                var value = values[i] - _centre;
                sum.Add(value);
                square.Add(value * value);
                (_sums[i + 1], _squares[i + 1]) = (sum.Value, square.Value);
            }
        }

        public double Mean(int from, int to) => _centre + ((_sums[to] - _sums[from]) / (to - from));

        public double Squares(int from, int to)
        {
            var sum = _sums[to] - _sums[from];
            return Math.Max(0, _squares[to] - _squares[from] - (sum * sum / (to - from)));
        }
    }
}
