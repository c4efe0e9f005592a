namespace Fikspunkt.Statistics.Series;

/// <summary>Local regression on evenly spaced points with tricube weights, as in the decomposition by loess.</summary>
/// <remarks>Cleveland, Cleveland, McRae and Terpenning, Journal of Official Statistics 6 (1990) 3-73, section 2 and their program:
/// positions are 1, 2, ..., n; the bandwidth grows by half of what the window exceeds the series. The order of the operations is that of the
/// program: with robustness weights near 0 throughout a window, the last bits of the weights decide the fit.</remarks>
internal static class LoessLine
{
    /// <summary>Smooths <paramref name="y"/> into <paramref name="smooth"/>: at every jump-th point and the last, linear between.</summary>
    public static void Smooth(ReadOnlySpan<double> y, LoessSettings settings, ReadOnlySpan<double> robustness, Span<double> smooth)
    {
        var n = y.Length;
        if (n < 2)
        {
            y.CopyTo(smooth);
            return;
        }

        var jump = Math.Min(settings.Jump, n - 1);
        var last = (n - 1) / jump * jump;
        for (var i = 0; i <= last; i += jump)
        {
            smooth[i] = At(y, settings, i + 1, Left(i, n, settings.Window), robustness, y[i]);
        }

        for (var i = 0; i < last; i += jump)
        {
            Line(smooth, i, i + jump);
        }

        if (last < n - 1)
        {
            // The published program keeps the neighbours of the last jump for the end point; the results are to agree with it.
            smooth[n - 1] = At(y, settings, n, Left(last, n, settings.Window), robustness, y[n - 1]);
            Line(smooth, last, n - 1);
        }
    }

    /// <summary>The fit at position <paramref name="x"/> (points are at 1, 2, ..., and x may lie outside) to a window of points from <paramref name="left"/> (from 0) on.</summary>
    /// <returns><paramref name="otherwise"/> when no point has a weight.</returns>
    public static double At(ReadOnlySpan<double> y, LoessSettings settings, double x, int left, ReadOnlySpan<double> robustness, double otherwise)
    {
        var n = y.Length;
        var right = Math.Min(left + settings.Window, n) - 1;
        var reach = Math.Max(x - (left + 1), right + 1 - x) + Math.Max(0, (settings.Window - n) / 2);
        Span<double> weights = right - left < 256 ? stackalloc double[right - left + 1] : new double[right - left + 1];
        var total = 0.0;
        for (var j = left; j <= right; j++)
        {
            var distance = Math.Abs(j + 1 - x);
            var weight = 0.0;
            if (distance <= 0.999 * reach)
            {
                weight = distance <= 0.001 * reach ? 1 : Tricube(distance / reach);
                weight *= robustness.IsEmpty ? 1 : robustness[j];
            }

            weights[j - left] = weight;
            total += weight;
        }

        if (!(total > 0))
        {
            return otherwise;
        }

        var centre = 0.0;
        for (var j = left; j <= right; j++)
        {
            weights[j - left] /= total;
            centre += weights[j - left] * (j + 1);
        }

        if (settings.Degree > 0 && reach > 0)
        {
            Tilt(weights, left, centre, x, n);
        }

        var fit = 0.0;
        for (var j = left; j <= right; j++)
        {
            fit += weights[j - left] * y[j];
        }

        return fit;
    }

    /// <summary>Makes the weights of a local mean those of a local line, unless the points that count lie almost at one place.</summary>
    private static void Tilt(Span<double> weights, int left, double centre, double x, int n)
    {
        var spread = 0.0;
        for (var j = 0; j < weights.Length; j++)
        {
            var distance = left + j + 1 - centre;
            spread += weights[j] * (distance * distance);
        }

        if (Math.Sqrt(spread) > 0.001 * (n - 1))
        {
            var slope = (x - centre) / spread;
            for (var j = 0; j < weights.Length; j++)
            {
                weights[j] *= 1 + (slope * (left + j + 1 - centre));
            }
        }
    }

    /// <summary>First point of the window around point i, pushed inside the series.</summary>
    private static int Left(int i, int n, int window) => window >= n ? 0 : Math.Clamp(i + 1 - ((window + 1) / 2), 0, n - window);

    private static double Tricube(double share)
    {
        var rest = 1 - (share * share * share);
        return rest * rest * rest;
    }

    private static void Line(Span<double> values, int from, int to)
    {
        var step = (values[to] - values[from]) / (to - from);
        for (var i = from + 1; i < to; i++)
        {
            values[i] = values[from] + (step * (i - from));
        }
    }
}
