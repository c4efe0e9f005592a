using Fikspunkt.Statistics.Numerics;

namespace Fikspunkt.Statistics.Groups;

/// <summary>Columns on a common scale.</summary>
/// <param name="Mean">Mean of each column, in its own unit.</param>
/// <param name="StandardDeviation">Standard deviation of each column (n - 1), in its own unit.</param>
/// <param name="Z">(x - mean) / standard deviation, in the shape of the input.</param>
public sealed record StandardisedColumns(double[] Mean, double[] StandardDeviation, RowMatrix Z);

/// <summary>z-scores: how many standard deviations a unit lies from the mean of all units.</summary>
/// <remarks>z = (x - mean) / sd with sd^2 = sum (x - mean)^2 / (n - 1), as R's <c>scale</c>. Missing values are not allowed. Deterministic.</remarks>
public static class ZScores
{
    /// <summary>Spreads below this share of the largest value are rounding errors of equal numbers.</summary>
    private const double ConstantTolerance = 1e-14;

    /// <summary>Standardises each column.</summary>
    /// <param name="x">One row per unit, one column per variable.</param>
    /// <exception cref="InvalidValueException">NaN or infinity, or values so large that their squares overflow.</exception>
    /// <exception cref="TooFewUnitsException">Fewer than two units.</exception>
    /// <exception cref="ConstantColumnsException">Columns without variation.</exception>
    public static StandardisedColumns Of(RowMatrix x)
    {
        var (n, k) = (x.Rows, x.Columns);
        Check.Finite(x.Values, nameof(x), k);
        if (n < 2)
        {
            throw new TooFewUnitsException(n, 2);
        }

        var (mean, deviation, z) = (new double[k], new double[k], new RowMatrix(n, k));
        var constant = new List<int>();
        var centred = new double[n];
        for (var j = 0; j < k; j++)
        {
            var largest = Centre(x, j, centred, out mean[j]);
            if (centred.Max(Math.Abs) <= ConstantTolerance * largest)
            {
                constant.Add(j);
                continue;
            }

            deviation[j] = Math.Sqrt(CompensatedSum.OfSquares(centred) / (n - 1));
            if (!double.IsFinite(deviation[j]) || deviation[j] == 0)
            {
                throw new InvalidValueException(nameof(x), 0, j, x[0, j], Requirement.SquaresInRange);
            }

            for (var i = 0; i < n; i++)
            {
                z[i, j] = centred[i] / deviation[j];
            }
        }

        return constant.Count > 0 ? throw new ConstantColumnsException(constant) : new StandardisedColumns(mean, deviation, z);
    }

    /// <summary>The column minus its mean; returns its largest absolute value.</summary>
    private static double Centre(RowMatrix x, int column, Span<double> centred, out double mean)
    {
        var (sum, rest, largest) = (default(CompensatedSum), default(CompensatedSum), 0.0);
        for (var i = 0; i < centred.Length; i++)
        {
            sum.Add(x[i, column] / centred.Length);
            largest = Math.Max(largest, Math.Abs(x[i, column]));
        }

        mean = sum.Value;
        for (var i = 0; i < centred.Length; i++)
        {
            centred[i] = x[i, column] - mean;
            rest.Add(centred[i]);
        }

        // The mean of what is left is the rounding error of the mean, which matters behind a huge offset.
        var correction = rest.Value / centred.Length;
        mean += correction;
        for (var i = 0; i < centred.Length; i++)
        {
            centred[i] -= correction;
        }

        return largest;
    }
}
