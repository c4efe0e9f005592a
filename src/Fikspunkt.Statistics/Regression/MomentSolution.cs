using Fikspunkt.Statistics.Numerics;

namespace Fikspunkt.Statistics.Regression;

/// <summary>The normal equations solved from sums of products in twice the precision.</summary>
/// <remarks>With a constant column the others are centred at their means, which it takes up; columns are scaled to length 1. Centring and Cholesky
/// factors are made in twice the precision, so that all that costs digits is what the sums were off.</remarks>
internal sealed class MomentSolution
{
    /// <summary>What a scaled column must keep (squared) beside the others: a hundred times the rounding of the sums.</summary>
    private const double PivotTolerance = 1e-13;

    /// <summary>A column whose centred square is less than this part of the largest square that went through it is constant.</summary>
    private const double Constant = 1e-26;

    /// <summary>A column whose centred square is less than this part of its square depends on the constant column as far as a QR can tell.</summary>
    private const double NearlyConstant = HouseholderQr.RankTolerance * HouseholderQr.RankTolerance;

    private MomentSolution(StandardisedBasis basis, double[] projection, double[] coefficients, double residual, double total, double condition) =>
        (Basis, Projection, Coefficients, Residual, Total, Condition) = (basis, projection, coefficients, residual, total, condition);

    /// <summary>An orthonormal basis of the weighted design.</summary>
    public StandardisedBasis Basis { get; }

    /// <summary>The response in the basis.</summary>
    public double[] Projection { get; }

    public double[] Coefficients { get; }

    /// <summary>Residual sum of squares.</summary>
    public double Residual { get; }

    /// <summary>Sum of squares around the weighted mean.</summary>
    public double Total { get; }

    /// <summary>Condition number of the scaled normal equations, 1-norm.</summary>
    public double Condition { get; }

    public RowMatrix InverseRoot() => Basis.InverseRoot(Coefficients.Length);

    /// <summary>Solves; <see langword="null"/> when columns are too close to dependent to tell their coefficients from the sums.</summary>
    public static MomentSolution? TryOf(SufficientStatistics sums)
    {
        var k = sums.Columns;
        var (means, constant) = Centres(sums);
        var scale = new DoubleDouble[k];
        for (var j = 0; j < k; j++)
        {
            var square = Centred(sums, means, j, j);
            if (!(square.Value > Least(sums, j)))
            {
                return null;
            }

            scale[j] = DoubleDouble.Sqrt(square);
        }

        // The response as a last row: its part of the factor is the projection.
        var factor = new DoubleDouble[k + 1, k];
        var scaled = new double[k * k];
        for (var i = 0; i <= k; i++)
        {
            for (var j = 0; j < Math.Min(i + 1, k); j++)
            {
                factor[i, j] = Centred(sums, means, i, j) / scale[j];
                if (i < k)
                {
                    factor[i, j] /= scale[i];
                    scaled[(i * k) + j] = scaled[(j * k) + i] = factor[i, j].Value;
                }
            }
        }

        if (!TryFactorise(factor, k))
        {
            return null;
        }

        // Centring the response as well leaves what the constant column explains out of both sums.
        var total = Around(sums, k, k);
        total = total.Value > Constant * sums.Peak(k) ? total : 0;
        var residual = constant < 0 ? sums[k, k] : total;
        for (var j = 0; j < k; j++)
        {
            residual -= j == constant ? 0 : factor[k, j] * factor[k, j];
        }

        return new MomentSolution(
            Standardised(sums, means, scale, constant, factor),
            [.. Enumerable.Range(0, k).Select(j => factor[k, j].Value)],
            Solve(sums, means, scale, constant, factor),
            Math.Max(0, residual.Value),
            Math.Max(0, total.Value),
            ConditionOf(scaled, factor));
    }

    /// <summary>The fault of which <see cref="TryOf"/> is silent.</summary>
    public static RankDeficientException Dependent(SufficientStatistics sums)
    {
        // Rows of a triangle with the same sums of products, without what is left of columns that depend on those before: a QR of it names them.
        var k = sums.Columns;
        var triangle = new RowMatrix(k, k);
        var factor = new DoubleDouble[k, k];
        for (var j = 0; j < k; j++)
        {
            var pivot = sums[j, j];
            for (var m = 0; m < j; m++)
            {
                pivot -= factor[j, m] * factor[j, m];
            }

            var kept = pivot.Value > Math.Max(PivotTolerance * Around(sums, j, j).Value, Least(sums, j));
            var root = DoubleDouble.Sqrt(pivot);
            for (var i = j; kept && i < k; i++)
            {
                var value = sums[i, j];
                for (var m = 0; m < j; m++)
                {
                    value -= factor[i, m] * factor[j, m];
                }

                factor[i, j] = i == j ? root : value / root;
                triangle[j, i] = sums[i, i].Value > Constant * sums.Peak(i) ? factor[i, j].Value : 0;
            }
        }

        try
        {
            HouseholderQr.Factorise(triangle, []);
        }
        catch (RankDeficientException dependent)
        {
            return dependent;
        }

        return new RankDeficientException(k - 1, k, [[.. Enumerable.Range(0, k)]]);
    }

    /// <summary>Means to centre at (0 throughout without a constant column), and the constant column or -1.</summary>
    private static (DoubleDouble[] Means, int Constant) Centres(SufficientStatistics sums)
    {
        var k = sums.Columns;
        var means = new DoubleDouble[k + 1];
        for (var c = 0; c < k; c++)
        {
            if (sums[c, c].Value > Constant * sums.Peak(c) && Around(sums, c, c).Value <= Constant * sums.Peak(c))
            {
                for (var j = 0; j < k; j++)
                {
                    means[j] = j == c ? 0 : sums[k + 1, j] / sums[k + 1, k + 1];
                }

                return (means, c);
            }
        }

        return (means, -1);
    }

    /// <summary>The least square that a column must have beside the constant one.</summary>
    private static double Least(SufficientStatistics sums, int column) =>
        Math.Max(NearlyConstant * sums[column, column].Value, Constant * sums.Peak(column));

    /// <summary>Sum of products around the weighted means of both columns.</summary>
    private static DoubleDouble Around(SufficientStatistics sums, int i, int j) =>
        sums[i, j] - (sums[sums.Columns + 1, i] * sums[sums.Columns + 1, j] / sums[sums.Columns + 1, sums.Columns + 1]);

    /// <summary>Sum of w (x_i - c_i)(x_j - c_j).</summary>
    private static DoubleDouble Centred(SufficientStatistics sums, DoubleDouble[] centre, int i, int j)
    {
        var one = sums.Columns + 1;
        return sums[i, j] - (centre[i] * sums[one, j]) - (centre[j] * sums[one, i]) + (centre[i] * centre[j] * sums[one, one]);
    }

    private static bool TryFactorise(DoubleDouble[,] a, int k)
    {
        for (var j = 0; j < k; j++)
        {
            for (var i = j; i <= k; i++)
            {
                var value = a[i, j];
                for (var m = 0; m < j; m++)
                {
                    value -= a[i, m] * a[j, m];
                }

                if (i > j)
                {
                    a[i, j] = value / a[j, j];
                }
                else if (value.Value > PivotTolerance)
                {
                    a[j, j] = DoubleDouble.Sqrt(value);
                }
                else
                {
                    return false;
                }
            }
        }

        return true;
    }

    private static double[] Solve(SufficientStatistics sums, DoubleDouble[] means, DoubleDouble[] scale, int constant, DoubleDouble[,] factor)
    {
        var k = scale.Length;
        var b = new DoubleDouble[k];
        for (var i = k - 1; i >= 0; i--)
        {
            b[i] = factor[k, i];
            for (var j = i + 1; j < k; j++)
            {
                b[i] -= factor[j, i] * b[j];
            }

            b[i] /= factor[i, i];
        }

        for (var j = 0; j < k; j++)
        {
            b[j] /= scale[j];
        }

        for (var j = 0; constant >= 0 && j < k; j++)
        {
            b[constant] -= j == constant ? 0 : b[j] * means[j] / Value(sums, constant);
        }

        return Array.ConvertAll(b, value => value.Value);
    }

    private static StandardisedBasis Standardised(SufficientStatistics sums, DoubleDouble[] means, DoubleDouble[] scale, int constant, DoubleDouble[,] factor)
    {
        var k = scale.Length;
        var rounded = new double[k * k];
        for (var i = 0; i < k; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                rounded[(i * k) + j] = factor[i, j].Value;
            }
        }

        return new StandardisedBasis(
            [.. means[..k].Select(mean => mean.Value)], Array.ConvertAll(scale, value => value.Value), constant, constant < 0 ? 0 : Value(sums, constant).Value, rounded);
    }

    private static DoubleDouble Value(SufficientStatistics sums, int constant) => sums[sums.Columns + 1, constant] / sums[sums.Columns + 1, sums.Columns + 1];

    private static double ConditionOf(double[] scaled, DoubleDouble[,] factor)
    {
        var k = factor.GetLength(1);
        var lower = new double[k * k];
        for (var i = 0; i < k; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                lower[(i * k) + j] = factor[i, j].Value;
            }
        }

        var (norm, inverse) = (0.0, 0.0);
        var column = new double[k];
        for (var j = 0; j < k; j++)
        {
            norm = Math.Max(norm, scaled.AsSpan(j * k, k).ToArray().Sum(Math.Abs));
            Array.Clear(column);
            column[j] = 1;
            Cholesky.Solve(lower, k, column);
            inverse = Math.Max(inverse, column.Sum(Math.Abs));
        }

        return norm * inverse;
    }
}
