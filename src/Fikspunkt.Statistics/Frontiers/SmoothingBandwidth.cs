using Fikspunkt.Statistics.Numerics;

namespace Fikspunkt.Statistics.Frontiers;

/// <summary>The normal reference rule of R's Benchmarking (0.33) for reflected efficiencies.</summary>
internal static class SmoothingBandwidth
{
    /// <summary>The bandwidth on the scale of delta; 0 where no unit is inefficient.</summary>
    public static double Of(double[] delta)
    {
        double[] inefficient = [.. delta.Where(value => value > 1 + 1e-6).Select(value => 1 / value)];
        double[] mirrored = [.. inefficient, .. inefficient.Select(theta => 2 - theta)];
        if (mirrored.Length == 0)
        {
            return 0;
        }

        var deviation = Math.Sqrt(Moments.Variance(mirrored));
        var range = (Quantiles.Type7InPlace([.. mirrored], 0.75) - Quantiles.Type7InPlace([.. mirrored], 0.25)) / 1.349;
        var spread = range > 1e-6 ? Math.Min(deviation, range) : deviation;
        return 0.9 * spread * Math.Pow(mirrored.Length, -0.2)
            * Math.Sqrt(Moments.Variance(delta)) / deviation * Math.Pow((double)mirrored.Length / delta.Length, 0.2);
    }
}
