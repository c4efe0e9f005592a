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
        var others = parts.Select(part => Sources(part, index, units, time, expectedScale)).ToArray();
        RowMatrix[] ownChance = [.. parts.Select((part, g) => WithOwn(others[g].Chance, part, index, units, time, actualScale))];
        RowMatrix[] othersChance = [.. others.Select(source => source.Chance)];
        RowMatrix[] effect = [.. others.Select(source => source.Effect)];
        var overTime = index.BetweenTimes((a, b) => parts.Average(part => part.Noise.Correlation(monthsApart(a, b))));
        var alike = index.BetweenTimes((_, _) => 1);
        RowMatrix Left(RowMatrix[] loadings, RowMatrix correlation, double[,] between, int h) => index.WithinUnits(LoadingProducts.Mix(loadings, correlation, h), between);

        RowMatrix? matrix = withMatrix ? new RowMatrix(units.Length, units.Length) : null;
        var (variance, expectation) = (new double[units.Length], new double[units.Length]);
        for (var h = 0; h < parts.Count; h++)
        {
            var left = Left(ownChance, chanceCorrelation, overTime, h);
            LoadingProducts.AddDiagonal(variance, left, ownChance[h]);
            LoadingProducts.AddDiagonal(expectation, Left(othersChance, chanceCorrelation, overTime, h), othersChance[h]);
            if (matrix is not null)
            {
                LoadingProducts.Add(matrix, left, ownChance[h]);
            }
        }

        for (var h = 0; h < parts.Count; h++)
        {
            var left = Left(effect, effectCorrelation, alike, h);
            LoadingProducts.AddDiagonal(variance, left, effect[h]);
            LoadingProducts.AddDiagonal(expectation, left, effect[h]);
            if (matrix is not null)
            {
                LoadingProducts.Add(matrix, left, effect[h]);
            }
        }

        if (matrix is not null)
        {
            Symmetrise(matrix);
        }

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

    /// <summary>Loadings of the areas' expectations on the standardised chance and effects of every row.</summary>
    private static (RowMatrix Chance, RowMatrix Effect) Sources(ErrorParts part, RowIndex index, int[] units, int time, double[] expectedScale)
    {
        var rows = part.Expectation.Rows;
        var chance = new RowMatrix(units.Length, index.Count);
        var effect = new RowMatrix(units.Length, index.Count);
        var columns = new int[rows.Count];
        for (var s = 0; s < columns.Length; s++)
        {
            columns[s] = index.Of(rows.Unit[s], rows.Time[s]);
        }

        for (var i = 0; i < units.Length; i++)
        {
            var influence = part.Influence.Row(RowOf(rows, units[i], time));
            var chanceRow = chance.Row(i);
            var effectRow = effect.Row(i);
            for (var s = 0; s < columns.Length; s++)
            {
                var weight = -expectedScale[i] * influence[s];
                chanceRow[columns[s]] = weight * part.ChanceSd[s];
                effectRow[columns[s]] = weight * part.EffectSd[s];
            }
        }

        return (chance, effect);
    }

    /// <summary>The loadings with each area's own chance added: those of its difference.</summary>
    private static RowMatrix WithOwn(RowMatrix others, ErrorParts part, RowIndex index, int[] units, int time, double[] actualScale)
    {
        var own = new RowMatrix(others.Rows, others.Columns);
        others.Values.CopyTo(own.Values.AsSpan());
        for (var i = 0; i < units.Length; i++)
        {
            own[i, index.Of(units[i], time)] += actualScale[i] * part.ChanceSd[RowOf(part.Expectation.Rows, units[i], time)];
        }

        return own;
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

        private readonly List<(int Unit, int Time)> rowsOf = [];
        private readonly Dictionary<int, List<int>> ofUnit = [];

        public int Count => rowsOf.Count;

        public int Of(int unit, int time) => columns[(unit, time)];

        /// <summary>A function of two of the fits' periods, worked out once for each pair: correlations over time cost many powers.</summary>
        public double[,] BetweenTimes(Func<int, int, double> value)
        {
            var times = rowsOf.Max(row => row.Time) + 1;
            var between = new double[times, times];
            for (var a = 0; a < times; a++)
            {
                for (var b = 0; b < times; b++)
                {
                    between[a, b] = value(a, b);
                }
            }

            return between;
        }

        /// <summary>Loadings times a matrix that is block-diagonal by unit: <paramref name="between"/> two rows of one unit, 0 otherwise.</summary>
        public RowMatrix WithinUnits(RowMatrix loadings, double[,] between)
        {
            // One row a unit, wholly correlated with itself.
            if (between.Length == 1)
            {
                return loadings;
            }

            var left = new RowMatrix(loadings.Rows, loadings.Columns);
            for (var i = 0; i < left.Rows; i++)
            {
                var from = loadings.Row(i);
                var to = left.Row(i);
                for (var a = 0; a < rowsOf.Count; a++)
                {
                    foreach (var b in ofUnit[rowsOf[a].Unit])
                    {
                        to[b] += from[a] * between[rowsOf[a].Time, rowsOf[b].Time];
                    }
                }
            }

            return left;
        }

        public static RowIndex Of(IReadOnlyList<ErrorParts> parts)
        {
            var index = new RowIndex();
            foreach (var rows in parts.Select(part => part.Expectation.Rows))
            {
                for (var r = 0; r < rows.Count; r++)
                {
                    if (index.columns.TryAdd((rows.Unit[r], rows.Time[r]), index.Count))
                    {
                        if (!index.ofUnit.TryGetValue(rows.Unit[r], out var own))
                        {
                            index.ofUnit.Add(rows.Unit[r], own = []);
                        }

                        own.Add(index.Count);
                        index.rowsOf.Add((rows.Unit[r], rows.Time[r]));
                    }
                }
            }

            return index;
        }
    }
}
