using Fikspunkt.Statistics;

namespace Fikspunkt.Benchmarks.Expected;

/// <summary>What one outcome's differences are uncertain by. Arrays follow the rows of its fit.</summary>
/// <param name="Expectation">The fit.</param>
/// <param name="Influence">Its <see cref="Expectation.Influence"/>.</param>
/// <param name="Noise">Chance.</param>
/// <param name="ChanceSd">Standard deviation of chance in each row's share.</param>
/// <param name="Effects">Variance of true differences on the scale of the linear predictor.</param>
/// <param name="EffectSlope">Factor from there to a share, at each row.</param>
internal sealed record ErrorParts(Expectation Expectation, RowMatrix Influence, ChanceNoise Noise, double[] ChanceSd, EffectSpread Effects, double[] EffectSlope)
{
    /// <summary>Standard deviation of true differences at each row.</summary>
    public double[] EffectSd { get; } = Array.ConvertAll(EffectSlope, slope => Math.Sqrt(Effects.Mean) * slope);
}

/// <summary>The covariance of the errors of differences between areas.</summary>
/// <param name="Variance">Variance of each difference.</param>
/// <param name="Matrix">Area by area, in the order asked for; <see langword="null"/> when only the variances were asked for.</param>
/// <param name="Chance">Variance of the chance part of each.</param>
/// <param name="Expectation">Variance of the expectation's part.</param>
internal sealed record DifferenceErrors(double[] Variance, RowMatrix? Matrix, double[] Chance, double[] Expectation);

/// <summary>
/// The error of a difference d_i = y_i - yhat_(-i) around the area's true effect u_i is e_i = c_i - sum over j of a_ij (u_j + c_j):
/// its own chance, and the chance and true effects of the others that made its expectation. So
/// Cov(e) = (I - A) C (I - A)' + A T A', summed over outcomes and their covariances for a total.
/// </summary>
internal static class ErrorCovariance
{
    /// <summary>Computes it.</summary>
    /// <param name="parts">The outcomes whose errors are added; one for an outcome of its own.</param>
    /// <param name="chanceCorrelation">Correlation of chance between outcomes within an area.</param>
    /// <param name="effectCorrelation">Correlation of true effects between outcomes.</param>
    /// <param name="units">The areas wanted, by unit number.</param>
    /// <param name="time">The period wanted, by its number in the fits.</param>
    /// <param name="actualScale">Factor on each area's own share (1, or 1 / expected for relative differences).</param>
    /// <param name="expectedScale">Factor on each area's expectation (1, or actual / expected^2).</param>
    /// <param name="monthsApart">Months between two of the fits' periods, by their numbers.</param>
    /// <param name="withMatrix">Whether the whole matrix is wanted.</param>
    public static DifferenceErrors Of(
        IReadOnlyList<ErrorParts> parts,
        RowMatrix chanceCorrelation,
        RowMatrix effectCorrelation,
        int[] units,
        int time,
        double[] actualScale,
        double[] expectedScale,
        Func<int, int, int> monthsApart,
        bool withMatrix)
    {
        var index = RowIndex.Of(parts);
        var own = parts.Select(part => Sources(part, index, units, time, actualScale, expectedScale, includeOwn: true)).ToArray();
        var others = parts.Select(part => Sources(part, index, units, time, actualScale, expectedScale, includeOwn: false)).ToArray();
        var chanceOverTime = (int a, int b) => index.Unit[a] == index.Unit[b] ? parts.Average(part => part.Noise.Correlation(monthsApart(index.Time[a], index.Time[b]))) : 0;
        var sameUnit = (int a, int b) => index.Unit[a] == index.Unit[b] ? 1.0 : 0.0;

        RowMatrix? matrix = null;
        if (withMatrix)
        {
            matrix = new RowMatrix(units.Length, units.Length);
            AddProducts(matrix, [.. own.Select(s => s.Chance)], chanceCorrelation, index, chanceOverTime);
            AddProducts(matrix, [.. others.Select(s => s.Effect)], effectCorrelation, index, sameUnit);
            Symmetrise(matrix);
        }

        var variance = new double[units.Length];
        AddDiagonal(variance, [.. own.Select(s => s.Chance)], chanceCorrelation, index, chanceOverTime);
        AddDiagonal(variance, [.. others.Select(s => s.Effect)], effectCorrelation, index, sameUnit);

        var expectation = new double[units.Length];
        AddDiagonal(expectation, [.. others.Select(s => s.Chance)], chanceCorrelation, index, chanceOverTime);
        AddDiagonal(expectation, [.. others.Select(s => s.Effect)], effectCorrelation, index, sameUnit);
        var chance = ChanceOf(parts, chanceCorrelation, units, time);
        for (var i = 0; i < chance.Length; i++)
        {
            chance[i] *= actualScale[i] * actualScale[i];
        }

        return new DifferenceErrors(variance, matrix, chance, expectation);
    }

    /// <summary>Variance of chance in the sums of areas' shares over outcomes.</summary>
    public static double[] ChanceOf(IReadOnlyList<ErrorParts> parts, RowMatrix chanceCorrelation, int[] units, int time) => Array.ConvertAll(units, unit =>
    {
        var sd = parts.Select(part => part.ChanceSd[RowOf(part.Expectation.Rows, unit, time)]).ToArray();
        var sum = 0.0;
        for (var g = 0; g < sd.Length; g++)
        {
            for (var h = 0; h < sd.Length; h++)
            {
                sum += chanceCorrelation[g, h] * sd[g] * sd[h];
            }
        }

        return sum;
    });

    /// <summary>Loadings of the areas' errors on the standardised chance and effects of every row.</summary>
    private static (RowMatrix Chance, RowMatrix Effect) Sources(
        ErrorParts part, RowIndex index, int[] units, int time, double[] actualScale, double[] expectedScale, bool includeOwn)
    {
        var rows = part.Expectation.Rows;
        var chance = new RowMatrix(units.Length, index.Count);
        var effect = new RowMatrix(units.Length, index.Count);
        for (var i = 0; i < units.Length; i++)
        {
            var target = RowOf(rows, units[i], time);
            var influence = part.Influence.Row(target);
            for (var s = 0; s < rows.Count; s++)
            {
                var column = index.Of(rows.Unit[s], rows.Time[s]);
                chance[i, column] = -expectedScale[i] * influence[s] * part.ChanceSd[s];
                effect[i, column] = -expectedScale[i] * influence[s] * part.EffectSd[s];
            }

            if (includeOwn)
            {
                chance[i, index.Of(units[i], time)] += actualScale[i] * part.ChanceSd[target];
            }
        }

        return (chance, effect);
    }

    private static int RowOf(FitRows rows, int unit, int time)
    {
        for (var r = 0; r < rows.Count; r++)
        {
            if (rows.Unit[r] == unit && rows.Time[r] == time)
            {
                return r;
            }
        }

        throw new ArgumentException($"Unit {unit} is not in the fit.", nameof(unit));
    }

    /// <summary>matrix += sum over g, h of K[g, h] F_g S F_h', S block-diagonal by unit.</summary>
    private static void AddProducts(RowMatrix matrix, RowMatrix[] loadings, RowMatrix correlation, RowIndex index, Func<int, int, double> within)
    {
        for (var h = 0; h < loadings.Length; h++)
        {
            var left = Combine(loadings, correlation, h, index, within);
            for (var i = 0; i < matrix.Rows; i++)
            {
                for (var j = 0; j < matrix.Columns; j++)
                {
                    matrix[i, j] += Expectation.Dot(left.Row(i), loadings[h].Row(j));
                }
            }
        }
    }

    private static void AddDiagonal(double[] diagonal, RowMatrix[] loadings, RowMatrix correlation, RowIndex index, Func<int, int, double> within)
    {
        for (var h = 0; h < loadings.Length; h++)
        {
            var left = Combine(loadings, correlation, h, index, within);
            for (var i = 0; i < diagonal.Length; i++)
            {
                diagonal[i] += Expectation.Dot(left.Row(i), loadings[h].Row(i));
            }
        }
    }

    private static RowMatrix Combine(RowMatrix[] loadings, RowMatrix correlation, int h, RowIndex index, Func<int, int, double> within)
    {
        var mixed = new RowMatrix(loadings[h].Rows, loadings[h].Columns);
        for (var g = 0; g < loadings.Length; g++)
        {
            var factor = correlation[g, h];
            for (var v = 0; v < mixed.Values.Length; v++)
            {
                mixed.Values[v] += factor * loadings[g].Values[v];
            }
        }

        var left = new RowMatrix(mixed.Rows, mixed.Columns);
        for (var a = 0; a < index.Count; a++)
        {
            foreach (var b in index.OfUnit[index.Unit[a]])
            {
                var factor = within(a, b);
                for (var i = 0; i < mixed.Rows; i++)
                {
                    left[i, b] += mixed[i, a] * factor;
                }
            }
        }

        return left;
    }

    private static void Symmetrise(RowMatrix matrix)
    {
        for (var i = 0; i < matrix.Rows; i++)
        {
            for (var j = 0; j < i; j++)
            {
                matrix[i, j] = matrix[j, i] = 0.5 * (matrix[i, j] + matrix[j, i]);
            }
        }
    }

    /// <summary>Numbers the area-periods that any of the outcomes uses.</summary>
    private sealed class RowIndex
    {
        private readonly Dictionary<(int Unit, int Time), int> columns = [];

        public List<int> Unit { get; } = [];

        public List<int> Time { get; } = [];

        public Dictionary<int, List<int>> OfUnit { get; } = [];

        public int Count => Unit.Count;

        public int Of(int unit, int time) => columns[(unit, time)];

        public static RowIndex Of(IReadOnlyList<ErrorParts> parts)
        {
            var index = new RowIndex();
            foreach (var rows in parts.Select(part => part.Expectation.Rows))
            {
                for (var r = 0; r < rows.Count; r++)
                {
                    if (index.columns.TryAdd((rows.Unit[r], rows.Time[r]), index.Count))
                    {
                        if (!index.OfUnit.TryGetValue(rows.Unit[r], out var own))
                        {
                            index.OfUnit.Add(rows.Unit[r], own = []);
                        }

                        own.Add(index.Count);
                        index.Unit.Add(rows.Unit[r]);
                        index.Time.Add(rows.Time[r]);
                    }
                }
            }

            return index;
        }
    }
}
