using Fikspunkt.Statistics.Numerics;
using Fikspunkt.Statistics.Regression;

namespace Fikspunkt.Statistics.Series;

/// <summary>Rows of a panel: a value of one unit in one period.</summary>
/// <param name="Y">The outcome.</param>
/// <param name="Units">The unit of each row: any whole numbers.</param>
/// <param name="Periods">The period of each row: any whole numbers in the order of time. A unit may be missing in some periods.</param>
public sealed record Panel(double[] Y, int[] Units, int[] Periods)
{
    /// <summary>Weights, not below 0; <see langword="null"/> for all 1. Rows with weight 0 do not count.</summary>
    public double[]? Weights { get; init; }

    /// <summary>The cluster of each row, within which errors may be correlated; <see langword="null"/> for the units.</summary>
    public int[]? Clusters { get; init; }

    /// <summary>Further columns that vary within units, or <see langword="null"/>.</summary>
    public RowMatrix? Covariates { get; init; }
}

/// <summary>Regression with effects of units and periods and cluster-robust errors.</summary>
/// <remarks>
/// Unit effects are swept out by subtracting (weighted) unit means, which is exact; period effects are columns, also less unit means, one fewer than periods in each
/// connected part of the panel. Rows of units that have only one row with a weight say nothing and do not count.
/// </remarks>
internal sealed class PanelRegression
{
    private PanelRegression(double[] coefficients, RowMatrix covariance, int clusters, int rows, double factor)
    {
        (Coefficients, Covariance, Clusters, Rows, Factor) = (coefficients, covariance, clusters, rows, factor);
    }

    /// <summary>Of the given regressors, then the covariates.</summary>
    public double[] Coefficients { get; }

    public RowMatrix Covariance { get; }

    public int Clusters { get; }

    public int Rows { get; }

    /// <summary>G / (G - 1) x (N - 1) / (N - K).</summary>
    public double Factor { get; }

    public static PanelRegression Fit(Panel panel, RowMatrix regressors, string name)
    {
        Check.SameLength(panel.Y.Length, regressors.Rows, name);
        Check.Finite(regressors.Values, name, Math.Max(1, regressors.Columns));
        var (x, y, weights, units) = Swept(panel, regressors);
        try
        {
            return Clustered(panel, x, LinearRegression.Fit(x, y, weights), weights, regressors.Columns + (panel.Covariates?.Columns ?? 0), units);
        }
        catch (RankDeficientException problem)
        {
            throw new NoVariationException(problem.Columns.Any(column => column < regressors.Columns) ? name : nameof(panel.Covariates));
        }
    }

    /// <summary>What units, periods and covariates leave of the outcome.</summary>
    public static double[] Residuals(Panel panel)
    {
        var (x, y, weights, _) = Swept(panel, new RowMatrix(panel.Y.Length, 0));
        return x.Columns == 0 ? y : LinearRegression.Fit(x, y, weights).Residuals;
    }

    private static (RowMatrix X, double[] Y, double[] Weights, int[] Units) Swept(Panel panel, RowMatrix regressors)
    {
        var n = panel.Y.Length;
        Check.Finite(panel.Y, nameof(panel.Y));
        Check.SameLength(n, panel.Units.Length, nameof(panel.Units));
        Check.SameLength(n, panel.Periods.Length, nameof(panel.Periods));
        if (panel.Covariates is { } covariates)
        {
            Check.SameLength(n, covariates.Rows, nameof(panel.Covariates));
            Check.Finite(covariates.Values, nameof(panel.Covariates), Math.Max(1, covariates.Columns));
        }

        var weights = LinearRegression.Weights(panel.Weights, n);
        var (units, periods) = (Dense(panel.Units), Dense(panel.Periods));
        DropSingletons(units, weights);
        var x = Columns(panel, regressors, units, periods, weights);
        var y = (double[])panel.Y.Clone();
        Sweep(y, units, weights);
        return (x, y, weights, units);
    }

    /// <summary>Numbers 0, 1, ... in ascending order of the given ones.</summary>
    public static int[] Dense(int[] labels)
    {
        var sorted = labels.Distinct().Order().ToArray();
        return Array.ConvertAll(labels, label => Array.BinarySearch(sorted, label));
    }

    private static void DropSingletons(int[] units, double[] weights)
    {
        var rows = new int[units.Length == 0 ? 0 : units.Max() + 1];
        for (var i = 0; i < units.Length; i++)
        {
            rows[units[i]] += weights[i] > 0 ? 1 : 0;
        }

        for (var i = 0; i < units.Length; i++)
        {
            weights[i] = rows[units[i]] > 1 ? weights[i] : 0;
        }
    }

    private static RowMatrix Columns(Panel panel, RowMatrix regressors, int[] units, int[] periods, double[] weights)
    {
        var n = units.Length;
        var own = regressors.Columns + (panel.Covariates?.Columns ?? 0);
        var columns = new List<double[]>();
        for (var j = 0; j < own; j++)
        {
            var column = new double[n];
            for (var i = 0; i < n; i++)
            {
                column[i] = j < regressors.Columns ? regressors[i, j] : panel.Covariates![i, j - regressors.Columns];
            }

            columns.Add(column);
        }

        foreach (var period in PeriodsWithColumn(units, periods, weights))
        {
            columns.Add(Array.ConvertAll(periods, other => other == period ? 1.0 : 0));
        }

        foreach (var column in columns)
        {
            Sweep(column, units, weights);
        }

        return RowMatrix.FromColumns([.. columns]);
    }

    /// <summary>All periods but the first of each connected part: units and periods are connected when a unit has a row in the period.</summary>
    private static List<int> PeriodsWithColumn(int[] units, int[] periods, double[] weights)
    {
        var unitCount = units.Length == 0 ? 0 : units.Max() + 1;
        var parent = Enumerable.Range(0, unitCount + (periods.Length == 0 ? 0 : periods.Max() + 1)).ToArray();
        var used = new SortedSet<int>();
        for (var i = 0; i < units.Length; i++)
        {
            if (weights[i] > 0)
            {
                used.Add(periods[i]);
                parent[Root(parent, units[i])] = Root(parent, unitCount + periods[i]);
            }
        }

        var seen = new HashSet<int>();
        return [.. used.Where(period => !seen.Add(Root(parent, unitCount + period)))];
    }

    private static int Root(int[] parent, int node)
    {
        while (parent[node] != node)
        {
            parent[node] = parent[parent[node]];
            node = parent[node];
        }

        return node;
    }

    /// <summary>Subtracts the weighted mean of each unit; what is only rounding becomes 0, so that a constant column is seen as one.</summary>
    private static void Sweep(double[] column, int[] units, double[] weights)
    {
        var count = units.Length == 0 ? 0 : units.Max() + 1;
        var (sums, totals) = (new CompensatedSum[count], new double[count]);
        var size = 0.0;
        for (var i = 0; i < column.Length; i++)
        {
            sums[units[i]].Add(weights[i] * column[i]);
            totals[units[i]] += weights[i];
            size = Math.Max(size, Math.Abs(column[i]));
        }

        var left = 0.0;
        for (var i = 0; i < column.Length; i++)
        {
            column[i] = totals[units[i]] > 0 ? column[i] - (sums[units[i]].Value / totals[units[i]]) : 0;
            left = Math.Max(left, Math.Abs(column[i]));
        }

        if (left <= 1e-12 * size)
        {
            Array.Clear(column);
        }
    }

    private static PanelRegression Clustered(Panel panel, RowMatrix x, LinearFit fit, double[] weights, int own, int[] units)
    {
        var clusters = Dense(panel.Clusters ?? panel.Units);
        Check.SameLength(units.Length, clusters.Length, nameof(panel.Clusters));
        var sums = new Dictionary<int, double[]>();
        for (var i = 0; i < units.Length; i++)
        {
            if (weights[i] > 0)
            {
                var sum = sums.TryGetValue(clusters[i], out var known) ? known : sums[clusters[i]] = new double[own];
                for (var a = 0; a < own; a++)
                {
                    sum[a] += weights[i] * fit.Residuals[i] * LinearRegression.Dot(fit.UnscaledCovariance.Row(a), x.Row(i));
                }
            }
        }

        if (sums.Count < 2)
        {
            throw new TooFewUnitsException(sums.Count, 2);
        }

        var counted = Enumerable.Range(0, units.Length).Where(i => weights[i] > 0).ToArray();
        var nested = counted.GroupBy(i => units[i]).All(rows => rows.Select(i => clusters[i]).Distinct().Count() == 1);
        var unitEffects = nested ? 0 : counted.Select(i => units[i]).Distinct().Count() - 1;
        var parameters = x.Columns + 1 + unitEffects;
        if (counted.Length <= parameters)
        {
            throw new TooFewUnitsException(counted.Length, parameters + 1);
        }

        var factor = (double)sums.Count / (sums.Count - 1) * (counted.Length - 1) / (counted.Length - parameters);
        var covariance = new RowMatrix(own, own);
        foreach (var sum in sums.OrderBy(pair => pair.Key).Select(pair => pair.Value))
        {
            for (var a = 0; a < own; a++)
            {
                for (var b = 0; b < own; b++)
                {
                    covariance[a, b] += factor * sum[a] * sum[b];
                }
            }
        }

        return new PanelRegression(fit.Coefficients[..own], covariance, sums.Count, counted.Length, factor);
    }
}
