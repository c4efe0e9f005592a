namespace Fikspunkt.Statistics.Series;

/// <summary>The inner and outer loops of the decomposition by loess, with their working arrays.</summary>
internal sealed class StlLoop
{
    private readonly double[] _values;
    private readonly int _period;
    private readonly LoessSettings _seasonalSmoother;
    private readonly LoessSettings _trendSmoother;
    private readonly LoessSettings _lowPassSmoother;
    private readonly double[] _cycles;

    public StlLoop(ReadOnlySpan<double> values, int period, LoessSettings seasonal, LoessSettings trend, LoessSettings lowPass)
    {
        _values = values.ToArray();
        (_period, _seasonalSmoother, _trendSmoother, _lowPassSmoother) = (period, Odd(seasonal), Odd(trend), Odd(lowPass));
        (Seasonal, Trend, Weights) = (new double[values.Length], new double[values.Length], new double[values.Length]);
        Array.Fill(Weights, 1);
        _cycles = new double[values.Length + (2 * period)];
    }

    public double[] Seasonal { get; }

    public double[] Trend { get; }

    public double[] Weights { get; }

    public void Run(int inner, int outer)
    {
        for (var round = 0; round <= outer; round++)
        {
            for (var update = 0; update < inner; update++)
            {
                Update(round > 0 ? Weights : []);
            }

            if (round < outer)
            {
                Reweigh();
            }
        }
    }

    public void AverageSeasonal()
    {
        for (var position = 0; position < _period; position++)
        {
            var sum = new Numerics.CompensatedSum();
            var count = 0;
            for (var i = position; i < Seasonal.Length; i += _period)
            {
                sum.Add(Seasonal[i]);
                count++;
            }

            for (var i = position; i < Seasonal.Length; i += _period)
            {
                Seasonal[i] = sum.Value / count;
            }
        }
    }

    private void Update(ReadOnlySpan<double> robustness)
    {
        var n = _values.Length;
        var work = new double[n];
        for (var i = 0; i < n; i++)
        {
            work[i] = _values[i] - Trend[i];
        }

        SmoothCycles(work, robustness);
        var level = MovingAverage(MovingAverage(MovingAverage(_cycles, _period), _period), 3);
        LoessLine.Smooth(level, _lowPassSmoother, [], work);
        for (var i = 0; i < n; i++)
        {
            Seasonal[i] = _cycles[_period + i] - work[i];
            work[i] = _values[i] - Seasonal[i];
        }

        LoessLine.Smooth(work, _trendSmoother, robustness, Trend);
    }

    /// <summary>Smooths the values at each position of the cycle, with one value more at both ends.</summary>
    private void SmoothCycles(ReadOnlySpan<double> detrended, ReadOnlySpan<double> robustness)
    {
        var n = detrended.Length;
        var most = ((n - 1) / _period) + 1;
        Span<double> own = new double[most];
        Span<double> ownWeights = robustness.IsEmpty ? [] : new double[most];
        Span<double> smooth = new double[most];
        for (var position = 0; position < _period; position++)
        {
            var count = ((n - position - 1) / _period) + 1;
            for (var cycle = 0; cycle < count; cycle++)
            {
                own[cycle] = detrended[(cycle * _period) + position];
                if (!robustness.IsEmpty)
                {
                    ownWeights[cycle] = robustness[(cycle * _period) + position];
                }
            }

            var y = own[..count];
            var weights = robustness.IsEmpty ? [] : ownWeights[..count];
            LoessLine.Smooth(y, _seasonalSmoother, weights, smooth[..count]);
            _cycles[position] = LoessLine.At(y, _seasonalSmoother, 0, 0, weights, smooth[0]);
            for (var cycle = 0; cycle < count; cycle++)
            {
                _cycles[((cycle + 1) * _period) + position] = smooth[cycle];
            }

            var left = Math.Max(0, count - _seasonalSmoother.Window);
            _cycles[((count + 1) * _period) + position] = LoessLine.At(y, _seasonalSmoother, count + 1, left, weights, smooth[count - 1]);
        }
    }

    /// <summary>Bisquare weights of the remainders with six times their median size as the end.</summary>
    private void Reweigh()
    {
        var n = _values.Length;
        var sizes = new double[n];
        for (var i = 0; i < n; i++)
        {
            sizes[i] = Math.Abs(_values[i] - (Trend[i] + Seasonal[i]));
        }

        var end = 3 * StlMedian.TwiceInPlace((double[])sizes.Clone());
        for (var i = 0; i < n; i++)
        {
            var share = sizes[i] / end;
            Weights[i] = sizes[i] <= 0.001 * end ? 1 : sizes[i] <= 0.999 * end ? (1 - (share * share)) * (1 - (share * share)) : 0;
        }
    }

    private static LoessSettings Odd(LoessSettings settings) => settings with { Window = Math.Max(3, settings.Window) | 1 };

    private static double[] MovingAverage(ReadOnlySpan<double> values, int length)
    {
        var averages = new double[values.Length - length + 1];
        var sum = 0.0;
        for (var i = 0; i < length; i++)
        {
            sum += values[i];
        }

        averages[0] = sum / length;
        for (var i = 1; i < averages.Length; i++)
        {
            sum = sum - values[i - 1] + values[i + length - 1];
            averages[i] = sum / length;
        }

        return averages;
    }
}
