using Fikspunkt.Statistics.Numerics;

namespace Fikspunkt.Statistics.Series;

/// <summary>One synthetic control: data checked and standardised once, predictor weights searched, shares solved.</summary>
internal sealed class SyntheticSearch
{
    /// <summary>A mean squared gap this small beside the mean squared outcome is rounding: the search ends.</summary>
    private const double PerfectFit = 1e-18;

    /// <summary>Random points drawn for each one from which a search starts.</summary>
    private const int PointsPerStart = 100;

    private readonly RowMatrix _predictors;
    private readonly RowMatrix _outcomes;
    private readonly SyntheticControlOptions _options;
    private readonly int[] _controls;
    private readonly int[] _used;
    private readonly double[] _differences;
    private readonly int _fitFrom;
    private readonly int _fitTo;
    private readonly SimplexWeights _shares;

    public SyntheticSearch(RowMatrix predictors, RowMatrix outcomes, SyntheticControlOptions options)
    {
        (_predictors, _outcomes, _options) = (predictors, outcomes, options);
        Check.SameLength(predictors.Columns, outcomes.Columns, nameof(outcomes));
        var units = predictors.Columns;
        ArgumentOutOfRangeException.ThrowIfNegative(options.Treated, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(options.Treated, units, nameof(options));
        _controls = [.. options.Controls ?? [.. Enumerable.Range(0, units).Where(unit => unit != options.Treated)]];
        if (_controls.Length == 0)
        {
            throw new TooFewUnitsException(0, 1);
        }

        if (_controls.Distinct().Count() < _controls.Length || Array.Exists(_controls, unit => unit < 0 || unit >= units || unit == options.Treated))
        {
            throw new ArgumentException("The controls are different units, and not the treated one.", nameof(options));
        }

        (_fitFrom, _fitTo) = (options.FitFrom, options.FitFrom + (options.FitPeriods ?? (options.PrePeriods - options.FitFrom)));
        if (options.PrePeriods < 1 || options.PrePeriods > outcomes.Rows || _fitFrom < 0 || _fitTo <= _fitFrom || _fitTo > options.PrePeriods)
        {
            throw new ArgumentException($"Periods of fit {_fitFrom} to {_fitTo - 1} must lie before the treatment, and that within the {outcomes.Rows} periods.", nameof(options));
        }

        FiniteWhereUsed(predictors, nameof(predictors));
        FiniteWhereUsed(outcomes, nameof(outcomes));
        var scale = Enumerable.Range(0, predictors.Rows).Select(Spread).ToArray();
        _used = [.. Enumerable.Range(0, predictors.Rows).Where(m => scale[m] > 0)];
        if (_used.Length == 0)
        {
            throw new NoVariationException(nameof(predictors));
        }

        _differences = new double[_controls.Length * _used.Length];
        for (var j = 0; j < _controls.Length; j++)
        {
            for (var m = 0; m < _used.Length; m++)
            {
                var row = predictors.Row(_used[m]);
                _differences[(j * _used.Length) + m] = (row[_controls[j]] - row[options.Treated]) / scale[_used[m]];
            }
        }

        _shares = new SimplexWeights(_controls.Length, _used.Length);
    }

    public SyntheticControlResult Fit()
    {
        var v = _options.PredictorWeights is { } given ? Given(given) : Search();
        if (Mix(v) is var left && left > SimplexWeights.Acceptable)
        {
            throw new NotConvergedException(0, left);
        }

        var weights = (double[])_shares.Weights.Clone();
        var (synthetic, predicted) = (Mixed(_outcomes, weights), Mixed(_predictors, weights));
        var gaps = new double[synthetic.Length];
        for (var t = 0; t < gaps.Length; t++)
        {
            gaps[t] = _outcomes[t, _options.Treated] - synthetic[t];
        }

        var all = new double[_predictors.Rows];
        var loss = new CompensatedSum();
        for (var m = 0; m < _used.Length; m++)
        {
            all[_used[m]] = v[m];
            var distance = 0.0;
            for (var j = 0; j < weights.Length; j++)
            {
                distance += weights[j] * _differences[(j * _used.Length) + m];
            }

            loss.Add(v[m] * distance * distance);
        }

        var pre = _options.PrePeriods;
        return new SyntheticControlResult(
            _controls, weights, all, synthetic, gaps, predicted, MeanSquare(gaps.AsSpan(_fitFrom, _fitTo - _fitFrom)), loss.Value,
            Math.Sqrt(MeanSquare(gaps.AsSpan(0, pre))), Math.Sqrt(MeanSquare(gaps.AsSpan(pre))));
    }

    private double[] Search()
    {
        var k = _used.Length;
        var equal = new double[k];
        Array.Fill(equal, 1.0 / k);
        if (k == 1 || _controls.Length == 1)
        {
            return equal;
        }

        var starts = new List<double[]> { equal };
        if (RegressionBased() is { } regression)
        {
            starts.Add(regression);
        }

        starts.AddRange(RandomStarts(k));
        var scale = MeanSquare(Enumerable.Range(_fitFrom, _fitTo - _fitFrom).Select(t => _outcomes[t, _options.Treated]).ToArray());
        var (best, lowest) = (equal, double.PositiveInfinity);
        foreach (var start in starts)
        {
            var (v, loss) = DownhillSimplex.Minimise(Loss, start, PerfectFit * scale);
            if (loss < lowest * (1 - 1e-12))
            {
                (best, lowest) = (v, loss);
            }
        }

        return Normalised(best);
    }

    /// <summary>The best of many random points: a single point costs as little as one step of a search.</summary>
    private IEnumerable<double[]> RandomStarts(int k)
    {
        var random = new CounterRandom(_options.Seed);
        var points = new List<(double Loss, double[] Point)>();
        for (var draw = 0; draw < PointsPerStart * _options.ExtraStarts; draw++)
        {
            var draws = new double[k];
            random.Normals(draw, draws);
            var point = Normalised(Array.ConvertAll(draws, value => Math.Exp(2 * value)));
            points.Add((Loss(point), point));
        }

        return points.OrderBy(pair => pair.Loss).Take(_options.ExtraStarts).Select(pair => pair.Point);
    }

    private double Loss(ReadOnlySpan<double> v)
    {
        if (Mix(Normalised(v)) > SimplexWeights.Acceptable)
        {
            return double.PositiveInfinity;
        }

        var sum = 0.0;
        for (var t = _fitFrom; t < _fitTo; t++)
        {
            var row = _outcomes.Row(t);
            var gap = row[_options.Treated];
            for (var j = 0; j < _controls.Length; j++)
            {
                gap -= _shares.Weights[j] * row[_controls[j]];
            }

            sum += gap * gap;
        }

        return sum / (_fitTo - _fitFrom);
    }

    /// <summary>Sum over the periods of the squared coefficients of outcome on standardised predictors; null when they cannot all be estimated.</summary>
    private double[]? RegressionBased()
    {
        var k = _used.Length;
        var n = _controls.Length + 1;
        if (n <= k + 1)
        {
            return null;
        }

        // Differences to the treated unit, which is the first row of zeros, give the same slopes.
        var x = new RowMatrix(n, k + 1);
        x[0, 0] = 1;
        for (var j = 0; j < _controls.Length; j++)
        {
            x[j + 1, 0] = 1;
            _differences.AsSpan(j * k, k).CopyTo(x.Row(j + 1)[1..]);
        }

        try
        {
            var qr = HouseholderQr.Factorise(x, []);
            var weights = new double[k];
            for (var t = _fitFrom; t < _fitTo; t++)
            {
                var slopes = qr.Coefficients(qr.Project([_outcomes[t, _options.Treated], .. _controls.Select(unit => _outcomes[t, unit])]));
                for (var m = 0; m < k; m++)
                {
                    weights[m] += slopes[m + 1] * slopes[m + 1];
                }
            }

            return weights.Sum() is > 0 and < double.PositiveInfinity ? Normalised(weights) : null;
        }
        catch (RankDeficientException)
        {
            return null;
        }
    }

    private double Mix(ReadOnlySpan<double> v)
    {
        var k = _used.Length;
        for (var j = 0; j < _controls.Length; j++)
        {
            var point = _shares.Point(j);
            for (var m = 0; m < k; m++)
            {
                point[m] = Math.Sqrt(v[m]) * _differences[(j * k) + m];
            }
        }

        return _shares.Solve();
    }

    private double[] Given(IReadOnlyList<double> weights)
    {
        Check.SameLength(_predictors.Rows, weights.Count, nameof(SyntheticControlOptions.PredictorWeights));
        double[] all = [.. weights];
        Check.Between(all, 0, double.MaxValue, nameof(SyntheticControlOptions.PredictorWeights));
        double[] own = [.. _used.Select(m => all[m])];
        return own.Sum() > 0 ? Normalised(own) : throw new NoVariationException(nameof(SyntheticControlOptions.PredictorWeights));
    }

    private static double[] Normalised(ReadOnlySpan<double> v)
    {
        var sizes = v.ToArray();
        var largest = 0.0;
        for (var m = 0; m < sizes.Length; m++)
        {
            sizes[m] = Math.Abs(sizes[m]);
            largest = Math.Max(largest, sizes[m]);
        }

        // A search that shrinks everything to nothing has no direction left: equal weights.
        var total = 0.0;
        for (var m = 0; m < sizes.Length; m++)
        {
            sizes[m] = largest > 0 ? sizes[m] / largest : 1;
            total += sizes[m];
        }

        return Array.ConvertAll(sizes, size => size / total);
    }

    private double[] Mixed(RowMatrix matrix, double[] weights)
    {
        var mixed = new double[matrix.Rows];
        for (var row = 0; row < mixed.Length; row++)
        {
            for (var j = 0; j < weights.Length; j++)
            {
                mixed[row] += weights[j] == 0 ? 0 : weights[j] * matrix[row, _controls[j]];
            }
        }

        return mixed;
    }

    /// <summary>Standard deviation over the treated unit and the controls; 0 when only rounding tells them apart.</summary>
    private double Spread(int predictor)
    {
        double[] values = [_predictors[predictor, _options.Treated], .. _controls.Select(unit => _predictors[predictor, unit])];
        var mean = CompensatedSum.Of(values) / values.Length;
        var largest = values.Max(Math.Abs);
        var spread = Math.Sqrt(CompensatedSum.OfSquares(Array.ConvertAll(values, value => value - mean)) / (values.Length - 1));
        return spread > 1e-13 * largest ? spread : 0;
    }

    private void FiniteWhereUsed(RowMatrix matrix, string argument)
    {
        for (var row = 0; row < matrix.Rows; row++)
        {
            foreach (var unit in _controls.Prepend(_options.Treated))
            {
                if (!double.IsFinite(matrix[row, unit]))
                {
                    throw new InvalidValueException(argument, row, unit, matrix[row, unit], Requirement.Finite);
                }
            }
        }
    }

    private static double MeanSquare(ReadOnlySpan<double> gaps) => gaps.IsEmpty ? double.NaN : CompensatedSum.OfSquares(gaps) / gaps.Length;
}
