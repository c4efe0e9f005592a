namespace Fikspunkt.Statistics.Numerics;

/// <summary>A root L of a covariance matrix, L L' = covariance, also when the matrix is singular.</summary>
/// <remarks>Cholesky with complete pivoting of the correlation matrix, so that units of very different variance are treated alike
/// (Higham, Analysis of the Cholesky decomposition of a semi-definite matrix, 1990).</remarks>
internal static class CovarianceRoot
{
    /// <summary>Directions with less than this share of a variance are taken as exactly 0.</summary>
    private const double Negligible = 1e-10;

    /// <summary>What rounding in the caller's arithmetic may do to a correlation.</summary>
    private const double Rounding = 1e-8;

    /// <summary>The root, p x rank.</summary>
    /// <exception cref="InvalidValueException">A value that is not finite.</exception>
    /// <exception cref="NotPositiveSemidefiniteException">No covariance matrix.</exception>
    public static RowMatrix Of(RowMatrix covariance)
    {
        var p = covariance.Rows;
        if (covariance.Columns != p)
        {
            throw new ArgumentException($"A covariance matrix is square; this one is {p} x {covariance.Columns}.", nameof(covariance));
        }

        Check.Finite(covariance.Values, nameof(covariance), p);
        var sd = new double[p];
        for (var i = 0; i < p; i++)
        {
            sd[i] = covariance[i, i] >= 0 ? Math.Sqrt(covariance[i, i]) : throw new NotPositiveSemidefiniteException(i);
        }

        var rest = Correlations(covariance, sd);
        var columns = new List<double[]>();
        while (columns.Count < p)
        {
            var pivot = Largest(rest);
            if (rest[pivot, pivot] <= Negligible)
            {
                break;
            }

            columns.Add(TakeOut(rest, pivot));
        }

        for (var i = 0; i < p; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                if (Math.Abs(rest[i, j]) > Rounding)
                {
                    throw new NotPositiveSemidefiniteException(i);
                }
            }
        }

        var root = new RowMatrix(p, columns.Count);
        for (var m = 0; m < columns.Count; m++)
        {
            for (var i = 0; i < p; i++)
            {
                root[i, m] = sd[i] * columns[m][i];
            }
        }

        return root;
    }

    private static RowMatrix Correlations(RowMatrix covariance, double[] sd)
    {
        var p = sd.Length;
        var correlations = new RowMatrix(p, p);
        for (var i = 0; i < p; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var scale = sd[i] * sd[j];
                if (Math.Abs(covariance[i, j] - covariance[j, i]) > Rounding * scale || (scale == 0 && covariance[i, j] != 0))
                {
                    throw new NotPositiveSemidefiniteException(i);
                }

                var value = scale == 0 ? 0 : i == j ? 1 : 0.5 * (covariance[i, j] + covariance[j, i]) / scale;
                (correlations[i, j], correlations[j, i]) = (value, value);
            }
        }

        return correlations;
    }

    private static int Largest(RowMatrix rest)
    {
        var pivot = 0;
        for (var i = 1; i < rest.Rows; i++)
        {
            pivot = rest[i, i] > rest[pivot, pivot] ? i : pivot;
        }

        return pivot;
    }

    private static double[] TakeOut(RowMatrix rest, int pivot)
    {
        var root = Math.Sqrt(rest[pivot, pivot]);
        var column = new double[rest.Rows];
        for (var i = 0; i < column.Length; i++)
        {
            column[i] = rest[i, pivot] / root;
        }

        for (var i = 0; i < column.Length; i++)
        {
            if (column[i] == 0)
            {
                continue;
            }

            var row = rest.Row(i);
            for (var j = 0; j < column.Length; j++)
            {
                row[j] -= column[i] * column[j];
            }
        }

        for (var i = 0; i < column.Length; i++)
        {
            (rest[i, pivot], rest[pivot, i]) = (0, 0);
        }

        return column;
    }
}
