namespace Fikspunkt.Statistics.Tests.Frontiers;

/// <summary>Linear programs the slow way: a full tableau in two phases with Bland's rule, no scaling, no warm start.</summary>
internal static class DenseTableau
{
    private const double Zero = 1e-9;

    /// <summary>max c'z, Az &lt;= b, z &gt;= 0 with rows that may be equations. NaN = infeasible, infinite = unbounded.</summary>
    public static double Maximise(double[][] a, double[] b, double[] c, bool[]? equation = null)
    {
        var (m, n) = (a.Length, c.Length);
        var width = n + m + m + 1; // Variables, slacks, artificials, right side.
        var table = new double[m][];
        var basis = new int[m];
        for (var i = 0; i < m; i++)
        {
            table[i] = new double[width];
            var sign = b[i] < 0 ? -1 : 1;
            for (var j = 0; j < n; j++)
            {
                table[i][j] = sign * a[i][j];
            }

            table[i][n + i] = equation?[i] == true ? 0 : sign;
            table[i][n + m + i] = 1;
            table[i][width - 1] = sign * b[i];
            basis[i] = n + m + i;
        }

        var first = new double[width];
        first.AsSpan(n + m, m).Fill(-1);
        if (Run(table, basis, first, width - 1) < -1e-7 * (1 + b.Max(Math.Abs)))
        {
            return double.NaN;
        }

        for (var i = 0; i < m; i++)
        {
            // An artificial that stays in the basis at 0 is driven out, or its row says nothing.
            if (basis[i] >= n + m && Array.FindIndex(table[i], 0, n + m, value => Math.Abs(value) > 1e-7) is var j and >= 0)
            {
                Pivot(table, basis, i, j);
            }
        }

        var second = new double[width];
        c.CopyTo(second, 0);
        return Run(table, basis, second, n + m);
    }

    private static double Run(double[][] table, int[] basis, double[] cost, int usable)
    {
        var right = cost.Length - 1;
        while (true)
        {
            var entering = Enumerable.Range(0, usable).FirstOrDefault(
                j => !basis.Contains(j) && cost[j] - basis.Select((column, i) => cost[column] * table[i][j]).Sum() > Zero, -1);
            if (entering < 0)
            {
                return basis.Select((column, i) => cost[column] * table[i][right]).Sum();
            }

            var rows = Enumerable.Range(0, basis.Length).Where(i => table[i][entering] > Zero).ToArray();
            if (rows.Length == 0)
            {
                return double.PositiveInfinity;
            }

            var least = rows.Min(i => table[i][right] / table[i][entering]);
            Pivot(table, basis, rows.Where(i => table[i][right] / table[i][entering] <= least + 1e-12).MinBy(i => basis[i]), entering);
        }
    }

    private static void Pivot(double[][] table, int[] basis, int row, int column)
    {
        var pivot = table[row][column];
        table[row] = [.. table[row].Select(value => value / pivot)];
        for (var i = 0; i < table.Length; i++)
        {
            if (i != row && table[i][column] != 0)
            {
                var factor = table[i][column];
                table[i] = [.. table[i].Zip(table[row], (own, other) => own - (factor * other))];
            }
        }

        basis[row] = column;
    }
}

/// <summary>DEA written out as textbooks do, for <see cref="DenseTableau"/>.</summary>
internal static class NaiveDea
{
    /// <summary>max beta - a difference of two variables, as it may be below 0 - for a point and a direction.</summary>
    public static double Distance(double[] x, double[] y, double[] g, RowMatrix inputs, RowMatrix outputs, string returns, int excluded = -1, RowMatrix? restrictions = null)
    {
        int[] reference = [.. Enumerable.Range(0, inputs.Rows).Where(unit => unit != excluded)];
        var extra = restrictions?.Rows ?? 0;
        var rows = new List<double[]>();
        for (var i = 0; i < x.Length + y.Length; i++)
        {
            var output = i - x.Length;
            rows.Add(
            [
                .. reference.Select(unit => output < 0 ? inputs[unit, i] : -outputs[unit, output]),
                .. Enumerable.Range(0, extra).Select(row => restrictions![row, i]),
                g[i], -g[i],
            ]);
        }

        double[] right = [.. x, .. y.Select(value => -value)];
        var equation = new bool[right.Length + 1];
        if (returns != "crs")
        {
            var sign = returns == "irs" ? -1.0 : 1;
            rows.Add([.. reference.Select(_ => sign), .. new double[extra + 2]]);
            right = [.. right, sign];
            equation[^1] = returns == "vrs";
        }

        double[] cost = [.. new double[reference.Length + extra], 1, -1];
        return DenseTableau.Maximise([.. rows], right, cost, equation);
    }

    /// <summary>max sum of weighted slacks at a point.</summary>
    public static double Slacks(double[] x, double[] y, double[] weights, RowMatrix inputs, RowMatrix outputs, string returns)
    {
        var n = inputs.Rows;
        var m = x.Length + y.Length;
        var rows = new List<double[]>();
        for (var i = 0; i < m; i++)
        {
            var slack = new double[m];
            slack[i] = 1;
            rows.Add([.. Enumerable.Range(0, n).Select(unit => i < x.Length ? inputs[unit, i] : -outputs[unit, i - x.Length]), .. slack]);
        }

        double[] right = [.. x, .. y.Select(value => -value)];
        bool[] equation = [.. Enumerable.Repeat(true, m), returns == "vrs"];
        if (returns != "crs")
        {
            var sign = returns == "irs" ? -1.0 : 1;
            rows.Add([.. Enumerable.Repeat(sign, n), .. new double[m]]);
            right = [.. right, sign];
        }

        return DenseTableau.Maximise([.. rows], right, [.. new double[n], .. weights], equation);
    }
}
