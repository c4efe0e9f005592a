using Fikspunkt.Statistics.Numerics;

namespace Fikspunkt.Statistics.Frontiers;

/// <summary>Fills one replication's true inefficiencies, unit by unit.</summary>
internal delegate void FillEfficiencies(long replication, Span<double> draws);

/// <summary>Draws from the smoothed, reflected distribution of efficiencies.</summary>
internal sealed class EfficiencyDraws
{
    private readonly double[] _delta;
    private readonly double _bandwidth;
    private readonly CounterRandom _random;
    private readonly double _shrink;

    public EfficiencyDraws(double[] delta, double bandwidth, CounterRandom random)
    {
        (_delta, _bandwidth, _random) = (delta, bandwidth, random);
        var variance = Moments.Variance([.. delta, .. delta.Select(value => 2 - value)]);
        _shrink = variance > 0 ? 1 / Math.Sqrt(1 + (bandwidth * bandwidth / variance)) : 1;
    }

    /// <summary>One replication's e*, at least 1.</summary>
    public void Fill(long replication, Span<double> draws)
    {
        var n = _delta.Length;
        var mean = 0.0;
        for (var i = 0; i < n; i++)
        {
            var place = (int)(_random.Uniforms(replication, i).First * (2 * n));
            draws[i] = place < n ? _delta[place] : 2 - _delta[place - n];
            mean += draws[i];
        }

        mean /= n;
        for (var i = 0; i < n; i++)
        {
            var smooth = draws[i] + (_bandwidth * NormalDistribution.Quantile(_random.Uniforms(replication, i).Second));
            var value = mean + ((smooth - mean) * _shrink);
            draws[i] = value < 1 ? 2 - value : value;
        }
    }
}

/// <summary>Sample moments.</summary>
internal static class Moments
{
    /// <summary>Sample variance (n - 1); 0 for fewer than two values.</summary>
    public static double Variance(ReadOnlySpan<double> values)
    {
        if (values.Length < 2)
        {
            return 0;
        }

        var mean = CompensatedSum.Of(values) / values.Length;
        var sum = new CompensatedSum();
        foreach (var value in values)
        {
            sum.Add((value - mean) * (value - mean));
        }

        return sum.Value / (values.Length - 1);
    }
}
