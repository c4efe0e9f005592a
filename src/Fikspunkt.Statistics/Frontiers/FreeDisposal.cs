namespace Fikspunkt.Statistics.Frontiers;

/// <summary>Distances to the free disposal hull, unit by unit: Deprins, Simar and Tulkens (1984); Tulkens, Journal of Productivity Analysis 4 (1993) 183-210.</summary>
internal static class FreeDisposal
{
    /// <summary>The largest beta over the units that can be reached, and the unit (the first of equals); NaN and -1 where none can.</summary>
    public static (double Beta, int Peer) Distance(
        ReadOnlySpan<double> x, ReadOnlySpan<double> y, RowMatrix inputs, RowMatrix outputs, ReadOnlySpan<double> direction, FrontierOrientation orientation, int excluded)
    {
        var (beta, peer) = (double.NaN, -1);
        for (var j = 0; j < inputs.Rows; j++)
        {
            var own = j == excluded
                ? double.NaN
                : orientation == FrontierOrientation.Graph
                    ? 1 - Theta(x, y, inputs.Row(j), outputs.Row(j), direction)
                    : Reach(x, y, inputs.Row(j), outputs.Row(j), direction);
            if (own > beta || (double.IsNaN(beta) && !double.IsNaN(own)))
            {
                (beta, peer) = (own, j);
            }
        }

        return (beta, peer);
    }

    /// <summary>Largest beta at which a unit still dominates (x - beta g_x, y + beta g_y); NaN where it never does.</summary>
    public static double Reach(ReadOnlySpan<double> x, ReadOnlySpan<double> y, ReadOnlySpan<double> peerX, ReadOnlySpan<double> peerY, ReadOnlySpan<double> direction)
    {
        var beta = double.PositiveInfinity;
        for (var i = 0; i < direction.Length; i++)
        {
            var room = i < x.Length ? x[i] - peerX[i] : peerY[i - x.Length] - y[i - x.Length];
            if (direction[i] > 0)
            {
                beta = Math.Min(beta, room / direction[i]);
            }
            else if (room < 0)
            {
                return double.NaN;
            }
        }

        return beta;
    }

    /// <summary>Smallest theta at which a unit dominates (theta x, y / theta); NaN where it never does.</summary>
    private static double Theta(ReadOnlySpan<double> x, ReadOnlySpan<double> y, ReadOnlySpan<double> peerX, ReadOnlySpan<double> peerY, ReadOnlySpan<double> direction)
    {
        var theta = 0.0;
        for (var i = 0; i < direction.Length; i++)
        {
            var (own, other) = i < x.Length ? (x[i], peerX[i]) : (peerY[i - x.Length], y[i - x.Length]);
            if (direction[i] == 0 ? other > own : own == 0 && other > 0)
            {
                return double.NaN;
            }

            theta = direction[i] > 0 && own > 0 ? Math.Max(theta, other / own) : theta;
        }

        return theta;
    }
}
