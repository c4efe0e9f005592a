using Fikspunkt.Statistics.Numerics;

namespace Fikspunkt.Statistics.Regression;

/// <summary>Fits that leave out one group of rows at a time.</summary>
/// <param name="Fitted">What the fit without its own group predicts for each row.</param>
/// <param name="Coefficients">One row per group: the coefficients without it.</param>
public sealed record LeaveGroupOutFit(double[] Fitted, RowMatrix Coefficients);

/// <summary>The block formula behind <see cref="LinearFit.LeaveGroupOut"/>.</summary>
internal static class LeaveGroupOutLinear
{
    public static LeaveGroupOutFit Compute(BasisRows rows, IDesignBasis design, double[] projection, double[] rootedResiduals, ReadOnlySpan<int> groups)
    {
        var (n, k) = (rows.Count, rows.Columns);
        var count = Check.Groups(groups, n);
        var fitted = new double[n];
        var coefficients = new RowMatrix(count, k);
        var members = Members(groups, count);
        var basis = new double[k];
        for (var group = 0; group < count; group++)
        {
            var shift = new double[k];
            foreach (var i in members[group])
            {
                var row = rows.Weighted(i, basis);
                for (var j = 0; j < k; j++)
                {
                    shift[j] += row[j] * rootedResiduals[i];
                }
            }

            var factor = Remainder(rows, members[group]);
            if (factor is null)
            {
                Array.Fill(shift, double.NaN);
            }
            else
            {
                Cholesky.Solve(factor, k, shift);
            }

            for (var j = 0; j < k; j++)
            {
                shift[j] = projection[j] - shift[j];
            }

            design.Coefficients(shift).CopyTo(coefficients.Row(group));
            foreach (var i in members[group])
            {
                rows.Plain(i, basis);
                fitted[i] = LinearRegression.Dot(basis, shift);
            }
        }

        return new LeaveGroupOutFit(fitted, coefficients);
    }

    public static RowMatrix Weights(BasisRows rows, ReadOnlySpan<int> groups)
    {
        var (n, k) = (rows.Count, rows.Columns);
        var count = Check.Groups(groups, n);
        var weights = new RowMatrix(n, n);
        var (basis, other) = (new double[k], new double[k]);
        var members = Members(groups, count);
        for (var group = 0; group < count; group++)
        {
            var factor = Remainder(rows, members[group]);
            foreach (var i in members[group])
            {
                rows.Plain(i, basis);
                if (factor is not null)
                {
                    Cholesky.Solve(factor, k, basis);
                }

                for (var j = 0; j < n; j++)
                {
                    weights[i, j] = factor is null ? double.NaN : groups[j] == group ? 0 : LinearRegression.Dot(basis, rows.Weighted(j, other)) * rows.Root(j);
                }
            }
        }

        return weights;
    }

    public static int[][] Members(ReadOnlySpan<int> groups, int count)
    {
        var sizes = new int[count];
        foreach (var group in groups)
        {
            sizes[group]++;
        }

        var members = Array.ConvertAll(sizes, size => new int[size]);
        for (var i = groups.Length - 1; i >= 0; i--)
        {
            members[groups[i]][--sizes[groups[i]]] = i;
        }

        return members;
    }

    /// <summary>The Cholesky factor of I - Q_G'Q_G, or <see langword="null"/> when it is singular.</summary>
    private static double[]? Remainder(BasisRows rows, int[] members)
    {
        var k = rows.Columns;
        var a = Overlap(rows, members);
        for (var j = 0; j < k; j++)
        {
            for (var m = 0; m <= j; m++)
            {
                a[(j * k) + m] = (j == m ? 1 : 0) - a[(j * k) + m];
            }
        }

        // The diagonal of I stands for the scale: what is left of a direction is compared with 1, not with itself.
        for (var j = 0; j < k; j++)
        {
            if (a[(j * k) + j] <= LinearFit.LeverageTolerance)
            {
                return null;
            }
        }

        return Cholesky.TryFactorise(a, k, LinearFit.LeverageTolerance) ? a : null;
    }

    /// <summary>The lower triangle of Q_G'Q_G.</summary>
    internal static double[] Overlap(BasisRows rows, int[] members)
    {
        var k = rows.Columns;
        var (a, scratch) = (new double[k * k], new double[k]);
        foreach (var i in members)
        {
            var row = rows.Weighted(i, scratch);
            for (var j = 0; j < k; j++)
            {
                for (var m = 0; m <= j; m++)
                {
                    a[(j * k) + m] += row[j] * row[m];
                }
            }
        }

        return a;
    }
}
