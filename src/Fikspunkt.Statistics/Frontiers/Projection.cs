namespace Fikspunkt.Statistics.Frontiers;

/// <summary>The point that a unit is moved to.</summary>
internal static class Projection
{
    /// <summary>Inputs, then outputs, at a distance.</summary>
    public static void Of(
        ReadOnlySpan<double> x, ReadOnlySpan<double> y, ReadOnlySpan<double> direction, FrontierOrientation orientation, double beta, Span<double> point)
    {
        for (var i = 0; i < point.Length; i++)
        {
            var value = i < x.Length ? x[i] : y[i - x.Length];
            if (beta != 0 && direction[i] > 0)
            {
                value = orientation == FrontierOrientation.Graph
                    ? i < x.Length ? value * (1 - beta) : value / (1 - beta)
                    : i < x.Length ? value - (beta * direction[i]) : value + (beta * direction[i]);
            }

            point[i] = value;
        }
    }
}
